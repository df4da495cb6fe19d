import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { ConsumedValue } from "./consumed";
import { readParameters } from "./parameters";

/** As much of SSM and STS as reading parameters needs. */
const parameters = new Map<
  string,
  { readonly Value: string; readonly Type: string; readonly Version: number }
>();
const asked: string[] = [];
const server: Server = createServer((request, response) => {
  let body = "";
  request.on("data", (text: Buffer) => (body += text.toString()));
  request.on("end", () => {
    if (request.headers["x-amz-target"] === undefined) {
      asked.push(`assume ${new URLSearchParams(body).get("RoleArn")}`);
      const keys =
        "<AccessKeyId>taken</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>";
      response.end(
        `<AssumeRoleResponse><AssumeRoleResult><Credentials>${keys}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
      return;
    }
    const { Names } = JSON.parse(body) as { Names: string[] };
    const [, key, region] = /Credential=(\w+)\/\d+\/([\w-]+)/.exec(request.headers.authorization ?? "") ?? [];
    asked.push(`${key} reads ${Names.length} in ${region}`);
    const found = Names.flatMap((Name) => {
      const parameter = parameters.get(Name);
      return parameter === undefined ? [] : [{ Name, ...parameter }];
    });
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ Parameters: found }));
  });
});

let env: Record<string, string> = {};
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "own",
    AWS_SECRET_ACCESS_KEY: "secret",
  };
});
beforeEach(() => {
  parameters.clear();
  asked.length = 0;
});
afterAll(() => server.close());

const role = "arn:aws:iam::123456789012:role/sandbox-${var.access}";
const consumed = (name: string, more: Partial<ConsumedValue> = {}): ConsumedValue => ({
  block: name,
  parameter: `/${name}`,
  region: "eu-west-1",
  role: undefined,
  ...more,
});
const put = (name: string, Type = "String") =>
  parameters.set(`/${name}`, { Value: `${name}!`, Type, Version: 3 });

describe("readParameters", () => {
  it("reads ten at a time, and each name once", async () => {
    const values = Array.from({ length: 23 }, (_, index) => consumed(`p${index}`));
    for (const { block } of values) put(block);
    const found = await readParameters([...values, consumed("again", { parameter: "/p1" })], "plan", env);

    expect(asked).toEqual([
      "own reads 10 in eu-west-1",
      "own reads 10 in eu-west-1",
      "own reads 3 in eu-west-1",
    ]);
    expect(found?.size).toBe(24);
    expect(found?.get("again")).toEqual({ value: "p1!", version: 3 });
  });

  it("reads in each region with the role that Terraform would take", async () => {
    put("a");
    put("b", "StringList");
    await readParameters([consumed("a"), consumed("b", { region: "eu-central-1", role })], "deploy", env);

    expect(asked.sort()).toEqual([
      "assume arn:aws:iam::123456789012:role/sandbox-deploy",
      "own reads 1 in eu-west-1",
      "taken reads 1 in eu-central-1",
    ]);
  });

  it.each<[what: string, prepare: () => void]>([
    ["is gone", () => undefined],
    ["is kept secret", () => put("a", "SecureString")],
  ])("gives nothing when one of them %s", async (_what, prepare) => {
    put("b");
    prepare();
    expect(await readParameters([consumed("a"), consumed("b")], "plan", env)).toBeUndefined();
  });

  it("gives nothing where nobody answers", async () => {
    const nowhere = { ...env, AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
    expect(await readParameters([consumed("a")], "plan", nowhere)).toBeUndefined();
  });
});
