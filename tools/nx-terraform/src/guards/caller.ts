import { LandfallError } from "@landfall/core";

/** Whose AWS credentials these are. */
export interface Caller {
  /** 12 digits. */
  readonly accountId: string;
  /** e.g. `arn:aws:sts::123456789012:assumed-role/Administrator/ana` */
  readonly arn: string;
}

/** Asks AWS whose credentials the environment holds. */
export type IdentifyCaller = (region: string) => Promise<Caller>;

/** The most attempts, and how long a connection may take: a guard must not make anybody wait. */
const ATTEMPTS = 2;
const CONNECT_MS = 5_000;

/** What stands behind an error of the AWS SDK, and what to do about it. */
const refusals: readonly { readonly says: RegExp; readonly tell: string }[] = [
  {
    says: /Token is expired|ExpiredToken|SSO session .*(?:expired|invalid)|aws sso login/i,
    tell: "the AWS session has expired: sign in again, e.g. with `aws sso login`",
  },
  {
    says: /Could not load credentials|CredentialsProviderError|Could not resolve credentials|Profile .* could not be found/i,
    tell: "no AWS credentials: sign in, or set AWS_PROFILE, and run it again",
  },
  {
    says: /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId/i,
    tell: "AWS does not know these credentials: sign in again, or set another AWS_PROFILE",
  },
  {
    says: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|TimeoutError/i,
    tell: "AWS can't be reached: check the network, the proxy and AWS_ENDPOINT_URL, and run it again",
  },
];

/**
 * Asks STS, which every principal may.
 *
 * @param region whose endpoint is asked
 * @throws LandfallError when there are no credentials, or AWS takes them no more
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const identifyCaller: IdentifyCaller = async (region) => {
  // Node.js 20 runs all of this; the SDK would say at every start that its later versions will not.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // An emulated zone never comes here, and need not load the SDK.
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({
    region,
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: CONNECT_MS },
  });
  try {
    const { Account: accountId = "", Arn: arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { accountId, arn };
  } catch (error) {
    throw new LandfallError(explainRefusal(error as Error));
  } finally {
    client.destroy();
  }
};

/** An error of the AWS SDK as one line with the next step. */
export function explainRefusal({ name, message }: Error): string {
  const said = `${name}: ${message}`;
  const known = refusals.find(({ says }) => says.test(said));
  return (
    known?.tell ?? `AWS does not say whose credentials these are (${said.replace(/\s+/g, " ").slice(0, 200)})`
  );
}
