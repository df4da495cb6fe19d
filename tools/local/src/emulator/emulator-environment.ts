import { devNull } from "node:os";

export interface EmulatorAddress {
  /** e.g. `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly region: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Any name that a proxy of plain HTTP has, and the list of exceptions; `HTTPS_PROXY` stays, Terraform's registry may need it. */
const PROXIES = /^(?:http_proxy|all_proxy|no_proxy)$/i;

/**
 * What points Terraform, the SDKs and the AWS CLI to the emulator, and to it alone.
 *
 * The S3 Control API puts the account's id into the host name, so it can't be sent to an endpoint by address: it gets a
 * host that does not exist, and the emulator is the HTTP proxy that takes its requests.
 */
export const endpointVariables = ({ endpoint, region }: EmulatorAddress): Environment => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3_CONTROL: "http://aws.invalid",
  HTTP_PROXY: endpoint,
  NO_PROXY: "127.0.0.1,localhost",
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MAX_ATTEMPTS: "2",
});

/** The environment without anything that says which AWS account, region, endpoint, proxy or certificate to use. */
export const withoutAws = (base: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(base).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith("AWS_") && !PROXIES.test(entry[0]),
    ),
  );

/**
 * The environment of a process that is to reach the emulator and nothing else of AWS: the base, without the user's
 * profile, credentials and proxies, and with the emulator's variables.
 *
 * @param emulator a started emulator, or the announcement of one
 */
export const emulatorEnvironment = (
  { env }: { readonly env: Environment },
  base: NodeJS.ProcessEnv = process.env,
): Record<string, string> => ({ ...withoutAws(base), ...env });
