import type { ConsumedValue } from "./consumed";

/** A parameter as it is now. */
export interface Parameter {
  readonly value: string;
  /** Counted up by SSM at each change. */
  readonly version: number;
}

export type Access = "plan" | "deploy";

/** The most parameters that SSM gives at once. */
const BATCH = 10;

/** The most attempts, and how long each may take in milliseconds: reading them must not take longer than a plan. */
const ATTEMPTS = 2;
const TIMEOUT_MS = 5_000;

/**
 * Reads consumed values as they are now, with the roles by which Terraform would read them.
 *
 * @param access the zone's role: the one that reads or the one that writes
 * @param env the environment of Terraform's processes; one with an endpoint of its own is an emulator's
 * @returns by data block; `undefined` when one of them can't be read, is gone, or is kept secret
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
 */
export async function readParameters(
  values: readonly ConsumedValue[],
  access: Access,
  env: Readonly<Record<string, string>>,
): Promise<Map<string, Parameter> | undefined> {
  const groups = new Map<string, ConsumedValue[]>();
  for (const value of values) {
    const key = `${value.region} ${value.role ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  try {
    const read = await Promise.all([...groups.values()].map((group) => readGroup(group, access, env)));
    const found = new Map(read.flat());
    return values.every(({ block }) => found.has(block)) ? found : undefined;
  } catch {
    // No credentials, no network, no permission: Terraform will say it better, if it still is so.
    return undefined;
  }
}

/** Reads values that one role reads in one region. */
async function readGroup(
  group: readonly ConsumedValue[],
  access: Access,
  env: Readonly<Record<string, string>>,
): Promise<[string, Parameter][]> {
  const [{ region, role } = { region: "", role: undefined }] = group;
  const { GetParametersCommand, SSMClient } = await import("@aws-sdk/client-ssm");
  const own = clientConfig(region, env);
  const taken =
    role === undefined ? {} : { credentials: await assume(role.replaceAll("${var.access}", access), own) };
  const client = new SSMClient({ ...own, ...taken });
  try {
    const names = [...new Set(group.map(({ parameter }) => parameter))];
    const found = new Map<string, Parameter>();
    for (let start = 0; start < names.length; start += BATCH) {
      const answer = await client.send(
        new GetParametersCommand({ Names: names.slice(start, start + BATCH) }),
      );
      for (const { Name, Type, Value, Version } of answer.Parameters ?? []) {
        if (Name === undefined || Value === undefined || Type === "SecureString") continue;
        found.set(Name, { value: Value, version: Version ?? 0 });
      }
    }
    return group.flatMap(({ block, parameter }): [string, Parameter][] => {
      const now = found.get(parameter);
      return now === undefined ? [] : [[block, now]];
    });
  } finally {
    client.destroy();
  }
}

async function assume(role: string, config: ReturnType<typeof clientConfig>) {
  const { AssumeRoleCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient(config);
  try {
    const { Credentials: taken } = await client.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "landfall-consumed-values" }),
    );
    return {
      accessKeyId: taken?.AccessKeyId ?? "",
      secretAccessKey: taken?.SecretAccessKey ?? "",
      sessionToken: taken?.SessionToken ?? "",
    };
  } finally {
    client.destroy();
  }
}

/** How a client of the AWS SDK reaches what Terraform reaches with an environment. */
export function clientConfig(region: string, env: Readonly<Record<string, string>>) {
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = env;
  const sessionToken = env["AWS_SESSION_TOKEN"];
  const keys =
    accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
  return {
    region,
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS },
    ...(endpoint === undefined ? {} : { endpoint }),
    // Left out, they come from where the SDK looks for them: a profile, a session, the machine's role.
    ...(keys === undefined
      ? {}
      : { credentials: { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) } }),
  };
}
