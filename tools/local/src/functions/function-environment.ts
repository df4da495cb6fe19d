import { devNull } from "node:os";
import { type DeployedFunction } from "./deployed-function";

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface FunctionEnvironmentOptions {
  readonly deployed: DeployedFunction;
  /** Where its code is unpacked. */
  readonly codeFolder: string;
  readonly logStream: string;
  readonly credentials: RoleCredentials;
  readonly region: string;
  /** The emulator's address. */
  readonly endpoint: string;
  /** Takes X-Ray segments, e.g. `127.0.0.1:2000`. */
  readonly traceAddress: string;
}

/**
 * The environment that Lambda gives to a function, whole: nothing of this process's own is in it. What Lambda does not
 * have is the endpoint, the empty configuration files that keep the user's out, and a silenced warning.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const functionEnvironment = ({
  deployed,
  codeFolder,
  logStream,
  credentials,
  region,
  endpoint,
  traceAddress,
}: FunctionEnvironmentOptions): Record<string, string> => {
  const [traceHost = "", tracePort = ""] = traceAddress.split(":");
  return {
    ...deployed.environment,
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    _HANDLER: deployed.handler,
    LAMBDA_TASK_ROOT: codeFolder,
    AWS_EXECUTION_ENV: `AWS_Lambda_${deployed.runtime}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_FUNCTION_NAME: deployed.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployed.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: deployed.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: deployed.logFormat,
    ...(deployed.logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: deployed.logLevel }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_XRAY_DAEMON_ADDRESS: traceAddress,
    _AWS_XRAY_DAEMON_ADDRESS: traceHost,
    _AWS_XRAY_DAEMON_PORT: tracePort,
    AWS_ENDPOINT_URL: endpoint,
    // Lambda's Node.js is new enough for the SDK; this machine's may not be.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
};
