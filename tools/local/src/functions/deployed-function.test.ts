import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GetFunctionCommandOutput, type LambdaClient } from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { downloadCode, readDeployedFunction } from "./deployed-function";

const answering = (output: Omit<GetFunctionCommandOutput, "$metadata">): LambdaClient =>
  ({ send: () => Promise.resolve(output) }) as unknown as LambdaClient;

const CONFIGURATION = {
  FunctionName: "orders",
  FunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:orders",
  Runtime: "nodejs22.x",
  Handler: "index.handler",
  Role: "arn:aws:iam::123456789012:role/orders",
  Timeout: 30,
  MemorySize: 256,
  CodeSha256: "x",
} as const;
const Code = { Location: "http://127.0.0.1/code" };

describe("readDeployedFunction", () => {
  it("reads what decides how a function runs", async () => {
    const client = answering({
      Configuration: {
        ...CONFIGURATION,
        Environment: { Variables: { TABLE: "orders" } },
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogFormat: "JSON", LogGroup: "/orders", ApplicationLogLevel: "INFO" },
      },
      Concurrency: { ReservedConcurrentExecutions: 5 },
      Code,
    });

    expect(await readDeployedFunction(client, "orders")).toMatchObject({
      name: "orders",
      handler: "index.handler",
      timeoutSeconds: 30,
      memoryMegabytes: 256,
      reservedConcurrency: 5,
      environment: { TABLE: "orders" },
      tracing: true,
      logGroup: "/orders",
      logFormat: "JSON",
      logLevel: "INFO",
    });
  });

  it("takes Lambda's defaults for what is not set", async () => {
    const Configuration = { ...CONFIGURATION, Timeout: undefined, MemorySize: undefined };

    expect(await readDeployedFunction(answering({ Configuration, Code }), "orders")).toMatchObject({
      timeoutSeconds: 3,
      memoryMegabytes: 128,
      reservedConcurrency: undefined,
      environment: {},
      tracing: false,
      logGroup: "/aws/lambda/orders",
      logFormat: "Text",
    });
  });

  it.each([
    [{ ...CONFIGURATION, PackageType: "Image" as const }, "orders is not deployed as a zip"],
    [{ ...CONFIGURATION, Runtime: "python3.13" as const }, "orders needs the runtime python3.13"],
    [{ ...CONFIGURATION, Layers: [{ Arn: "arn:layer" }] }, "orders has layers"],
  ])("refuses what can't run here", async (Configuration, message) => {
    await expect(readDeployedFunction(answering({ Configuration, Code }), "orders")).rejects.toThrow(message);
  });
});

describe("downloadCode", () => {
  const zip = zipSync({ "index.js": strToU8("exports.handler = () => 1;") });
  const sha256 = createHash("sha256").update(zip).digest("base64");
  let folder: string;
  let server: Server;
  let location: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "landfall-code-"));
    server = createServer((request, response) => {
      response.statusCode = request.url === "/code" ? 200 : 404;
      response.end(zip);
    });
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    location = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const deployed = async (CodeSha256: string, path = "/code") =>
    readDeployedFunction(
      answering({ Configuration: { ...CONFIGURATION, CodeSha256 }, Code: { Location: location + path } }),
      "orders",
    );

  it("unpacks the deployed zip into a folder of the function's", async () => {
    const code = await downloadCode(await deployed(sha256), folder);

    expect(code.startsWith(join(folder, "orders"))).toBe(true);
    expect(readFileSync(join(code, "index.js"), "utf8")).toBe("exports.handler = () => 1;");
  });

  it("refuses a zip that is not what was deployed, before anything is written", async () => {
    const other = await deployed("b3RoZXI=");

    await expect(downloadCode(other, folder)).rejects.toThrow(
      `The code of orders is not what was deployed: its SHA-256 is ${sha256}, not b3RoZXI=`,
    );
    expect(existsSync(join(folder, "orders", other.revision.slice(0, 16)))).toBe(false);
  });

  it("says that the code is not to be had", async () => {
    await expect(downloadCode(await deployed(sha256, "/gone"), folder)).rejects.toThrow(
      "The code of orders can't be read back: HTTP 404",
    );
  });
});
