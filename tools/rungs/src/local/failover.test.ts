import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { drill, readDeployedName, readFailoverRecords } from "@landfall/drill";
import { type Emulator, endFaults, runRegions, type RunningRegions, textAt } from "@landfall/local";
import { configurationOf, deployFunction } from "./deploy-function";
import { deployFailover, NAMESPACE, postRoute53 } from "./deploy-failover";
import { deployLoadBalancer } from "./deploy-load-balancer";
import { RunnerBench } from "./runner-bench";

const [HOME, RECOVERY] = ["eu-west-1", "eu-central-1"];

/** Keeps words in a global table. Its health is whether the table can be read in its own region. */
const WORDS = `
const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_ACCESS_KEY_ID: key } = process.env;
const dynamo = async (action, request) => {
  const response = await fetch(endpoint, { method: "POST", body: JSON.stringify({ TableName: "words", ...request }), headers: {
    "x-amz-target": "DynamoDB_20120810." + action, "content-type": "application/x-amz-json-1.0",
    authorization: \`AWS4-HMAC-SHA256 Credential=\${key}/20260101/\${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0\` } });
  if (!response.ok) throw new Error(action + " " + response.status);
  return response.json();
};
exports.handler = async ({ httpMethod, path }) => {
  const pk = { S: path };
  try {
    if (httpMethod === "POST") await dynamo("PutItem", { Item: { pk } });
    const { Item } = await dynamo("GetItem", { Key: { pk } });
    return { statusCode: Item || path === "/health" ? 200 : 404, body: region };
  } catch {
    return { statusCode: 503, body: region };
  }
};`;

describe("the failover of a deployed name", () => {
  jest.setTimeout(120_000);

  const bench = new RunnerBench();
  let running: RunningRegions | undefined;
  beforeAll(async () => {
    await bench.open();
    const home = bench.emulator;
    const recovery: Emulator = { ...home, region: RECOVERY ?? "" };
    const dynamoDb = new DynamoDBClient(configurationOf(home));
    await dynamoDb.send(
      new CreateTableCommand({
        TableName: "words",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      }),
    );
    const replica = { ReplicaUpdates: [{ Create: { RegionName: RECOVERY } }] };
    await dynamoDb.send(new UpdateTableCommand({ TableName: "words", ...replica }));
    dynamoDb.destroy();
    for (const [name, side] of [
      ["words-home", home],
      ["words-recovery", recovery],
    ] as const) {
      await deployFunction(side, { name, code: WORDS });
      await deployLoadBalancer(side, name);
    }
    await deployFailover("words.example.com", [home, recovery]);
  });
  afterAll(async () => {
    await endFaults(bench.emulator);
    await running?.stop();
    await bench.close();
  });

  it("leads to the recovery region while the primary's table is refused, and back, with nothing written lost", async () => {
    running = await runRegions({
      address: bench.emulator,
      regions: [HOME ?? "", RECOVERY ?? ""],
      folder: join(bench.root, "drill"),
      log: () => undefined,
    });
    const world = await readDeployedName(bench.emulator, "words.example.com", running);
    const [primary] = world.records.filter(({ role }) => role === "PRIMARY");
    const home = primary === undefined ? "" : world.region(primary);
    const used: string[] = [];
    const report = await drill(
      world,
      {
        fail: () => world.breakRegion(home, "dynamodb"),
        mend: () => world.mend(),
        use: async (answer, phase) => {
          const url = world.url(answer);
          const write = await fetch(`${url}/${encodeURIComponent(phase)}`, { method: "POST" });
          expect(write.status).toBe(200);
          used.push(await write.text());
          const earlier = await fetch(`${url}/before`);
          expect(earlier.status).toBe(200);
          if (phase === "back") expect((await fetch(`${url}/failed%20over`)).status).toBe(200);
        },
        say: () => undefined,
      },
      { millisecondsPerSecond: 10 },
    );

    expect(home).toBe(HOME);
    expect(used).toEqual([HOME, RECOVERY, HOME]);
    expect(report).toEqual({ failoverSeconds: 30, recoverySeconds: 30, allowedSeconds: 30 });
  });

  it("lets each name of a hosted zone go alone", async () => {
    const [home, namespace] = [bench.emulator, `xmlns="${NAMESPACE}"`];
    const made = await postRoute53(
      home,
      "hostedzone",
      `<CreateHostedZoneRequest ${namespace}><Name>example.net</Name><CallerReference>2</CallerReference></CreateHostedZoneRequest>`,
    );
    const zone = `hostedzone/${(textAt(made, "HostedZone", "Id") ?? "").split("/").at(-1)}`;
    const change = (action: string, name: string) =>
      postRoute53(
        home,
        `${zone}/rrset/`,
        `<ChangeResourceRecordSetsRequest ${namespace}><ChangeBatch><Changes><Change><Action>${action}</Action><ResourceRecordSet>
          <Name>${name}.example.net</Name><Type>A</Type><SetIdentifier>primary</SetIdentifier><Failover>PRIMARY</Failover><TTL>60</TTL>
          <ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>
        </ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`,
      );
    await change("CREATE", "one");
    await change("CREATE", "two");
    await change("DELETE", "one");
    const names = (await readFailoverRecords(home)).map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("example.net"))).toEqual(["two.example.net"]);
  });
});
