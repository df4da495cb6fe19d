import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { drill, type Phase } from "./drill";
import { probe } from "./probe";
import { type FailoverRecord, type HealthCheck } from "./route53";

/** An endpoint whose health can be set. */
class Endpoint {
  status = 200;
  /** What the next answers are instead. */
  readonly statuses: number[] = [];
  asked: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    this.asked.push(request.url ?? "");
    response.writeHead(this.statuses.shift() ?? this.status).end();
  });

  async open(): Promise<string> {
    await new Promise<void>((settle) => this.server.listen(0, "127.0.0.1", settle));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const check = (id: string): HealthCheck => ({
  id,
  fqdn: `${id}.example.com`,
  port: 443,
  type: "HTTPS",
  path: "/health",
  intervalSeconds: 10,
  failureThreshold: 3,
  inverted: false,
});
const record = (role: FailoverRecord["role"], id: string): FailoverRecord => ({
  name: "orders.example.com",
  type: "A",
  role,
  setIdentifier: role.toLowerCase(),
  healthCheckId: id,
  target: `${id}.example.com`,
});

describe("drill", () => {
  const [one, two] = [new Endpoint(), new Endpoint()];
  const urls = new Map<string, string>();
  beforeAll(async () => {
    urls.set("one.example.com", await one.open());
    urls.set("two.example.com", await two.open());
  });
  afterAll(() => {
    one.close();
    two.close();
  });
  beforeEach(() => {
    one.status = two.status = 200;
  });
  const drilled = {
    records: [record("PRIMARY", "one"), record("SECONDARY", "two")],
    checks: [check("one"), check("two")],
    reach: (fqdn: string) => urls.get(fqdn),
  };
  const run = (more: { fail?: () => void; mend?: () => void } = {}) => {
    const used: [Phase, string][] = [];
    const exercise = {
      fail: async () => (more.fail ?? (() => void (one.status = 503)))(),
      mend: async () => (more.mend ?? (() => void (one.status = 200)))(),
      use: async (answer: FailoverRecord, phase: Phase) => void used.push([phase, answer.setIdentifier]),
      say: () => undefined,
    };
    const report = drill(drilled, exercise, { millisecondsPerSecond: 0 });
    return { report, used };
  };

  it("follows the answer to the recovery region and back, in the configured time", async () => {
    const { report, used } = run();
    expect(await report).toEqual({ failoverSeconds: 30, recoverySeconds: 30, allowedSeconds: 30 });
    expect(used).toEqual([
      ["before", "primary"],
      ["failed over", "secondary"],
      ["back", "primary"],
    ]);
    expect(new Set(one.asked)).toEqual(new Set(["/health"]));
  });

  it("begins to count when every endpoint has answered", async () => {
    one.statuses.push(503, 503);
    expect(await run().report).toMatchObject({ failoverSeconds: 30, recoverySeconds: 30 });
  });

  it("does not begin before every endpoint answers", async () => {
    two.status = 503;
    const { report, used } = run();
    await expect(report).rejects.toThrow("must answer before the drill, within 6 probes");
    expect(used).toEqual([]);
  });

  it("fails when the answer does not change", async () => {
    await expect(run({ fail: () => void (one.status = 302) }).report).rejects.toThrow(
      "secondary within 40 s",
    );
  });

  it("fails when the recovery region is not healthy either", async () => {
    const both = () => void (one.status = two.status = 500);
    await expect(run({ fail: both }).report).rejects.toThrow("secondary within");
  });

  it("fails when the mended primary does not come back", async () => {
    await expect(run({ mend: () => void (one.status = 404) }).report).rejects.toThrow("primary within");
  });

  it("refuses a record whose health nobody can ask for", async () => {
    const blind = { ...drilled, reach: () => undefined };
    const idle = async () => undefined;
    await expect(drill(blind, { fail: idle, mend: idle, use: idle, say: () => undefined })).rejects.toThrow(
      "needs a health check that is reached here",
    );
  });
});

describe("probe", () => {
  const endpoint = new Endpoint();
  let url: string;
  beforeAll(async () => {
    url = await endpoint.open();
  });
  afterAll(() => endpoint.close());

  it.each([
    [200, true],
    [302, true],
    [399, true],
    [400, false],
    [503, false],
  ])("takes the status %d for %p", async (status, expected) => {
    endpoint.status = status;
    expect(await probe({ path: "/health", fqdn: "one.example.com" }, url)).toBe(expected);
  });

  it("takes silence for unhealthy", async () => {
    expect(await probe({ path: "/", fqdn: "gone.example.com" }, "http://127.0.0.1:1")).toBe(false);
  });
});
