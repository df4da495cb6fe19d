import { createHash } from "node:crypto";
import { join } from "node:path";
import { GetFunctionCommand, type GetFunctionCommandOutput, type LambdaClient } from "@aws-sdk/client-lambda";
import { LandfallError } from "@landfall/core";
import { unpackZip } from "./unpack-zip";

/** A function as the AWS API returns it. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  /** e.g. `nodejs22.x` */
  readonly runtime: string;
  /** e.g. `index.handler` */
  readonly handler: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** At most so many invocations at once; undefined when none is reserved. */
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether every invocation is traced. */
  readonly tracing: boolean;
  readonly logGroup: string;
  readonly logFormat: string;
  readonly logLevel: string | undefined;
  /** SHA-256 of the deployed zip, in base64. */
  readonly codeSha256: string;
  /** Changes with every change of the code or the configuration. */
  readonly revision: string;
  /** Where the zip can be downloaded, for some minutes. */
  readonly codeLocation: string;
}

/**
 * Reads a function back from the API.
 *
 * @throws LandfallError when it is of a kind that can't run here: not a zip, not Node.js, or with layers
 */
export async function readDeployedFunction(lambda: LambdaClient, name: string): Promise<DeployedFunction> {
  return toDeployedFunction(await lambda.send(new GetFunctionCommand({ FunctionName: name })));
}

const toDeployedFunction = ({
  Configuration,
  Code,
  Concurrency,
}: GetFunctionCommandOutput): DeployedFunction => {
  const c = Configuration ?? {};
  const name = c.FunctionName ?? "";
  if (c.PackageType === "Image" || !Code?.Location)
    throw new LandfallError(`${name} is not deployed as a zip`);
  if (!c.Runtime?.startsWith("nodejs")) throw new LandfallError(`${name} needs the runtime ${c.Runtime}`);
  if (c.Layers?.length) throw new LandfallError(`${name} has layers`);
  return {
    name,
    arn: c.FunctionArn ?? "",
    runtime: c.Runtime,
    handler: c.Handler ?? "",
    roleArn: c.Role ?? "",
    timeoutSeconds: c.Timeout ?? 3,
    memoryMegabytes: c.MemorySize ?? 128,
    reservedConcurrency: Concurrency?.ReservedConcurrentExecutions,
    environment: c.Environment?.Variables ?? {},
    tracing: c.TracingConfig?.Mode === "Active",
    logGroup: c.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    logFormat: c.LoggingConfig?.LogFormat ?? "Text",
    logLevel: c.LoggingConfig?.ApplicationLogLevel,
    codeSha256: c.CodeSha256 ?? "",
    revision: createHash("sha256")
      .update(JSON.stringify([c, Concurrency ?? {}]))
      .digest("hex"),
    codeLocation: Code.Location,
  };
};

/**
 * Downloads the deployed zip and unpacks it.
 *
 * @param folder under which the function gets a folder of its own
 * @returns the folder that the code lies in
 * @throws LandfallError when the download is not what was deployed
 */
export async function downloadCode(deployed: DeployedFunction, folder: string): Promise<string> {
  const response = await fetch(deployed.codeLocation);
  if (!response.ok)
    throw new LandfallError(`The code of ${deployed.name} can't be read back: HTTP ${response.status}`);
  const zip = new Uint8Array(await response.arrayBuffer());
  const sha256 = createHash("sha256").update(zip).digest("base64");
  if (sha256 !== deployed.codeSha256) {
    throw new LandfallError(
      `The code of ${deployed.name} is not what was deployed: its SHA-256 is ${sha256}, not ${deployed.codeSha256}`,
    );
  }
  const target = join(folder, deployed.name, deployed.revision.slice(0, 16));
  unpackZip(zip, target);
  return target;
}
