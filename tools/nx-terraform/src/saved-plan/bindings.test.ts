import { type Bindings, bindingsOf, movedBindings } from "./bindings";

const hash = (digit: string) => digit.repeat(64);
const saved: Bindings = {
  zone: "sandbox",
  stack: "network",
  instance: "sandbox-network",
  account: "123456789012",
  region: "eu-west-1",
  fingerprint: hash("a"),
  state: { lineage: "11111111-2222", serial: 3 },
  lock: hash("b"),
  engine: "terraform 1.11.4",
  consumed: { "eu-west-1 /landfall/sandbox/keys/arn": { version: 1, sha256: hash("c") } },
  revision: "1234567890abcdef",
};

describe("movedBindings", () => {
  it("has nothing to say where nothing has moved", () => {
    expect(movedBindings(saved, { ...saved })).toEqual([]);
  });

  it.each<[change: Partial<Bindings>, moved: string]>([
    [{ zone: "production" }, "the zone was sandbox, and is now production"],
    [{ stack: "keys" }, "the stack was network, and is now keys"],
    [{ instance: "other" }, "the instance was sandbox-network, and is now other"],
    [{ account: "210987654321" }, "the account was 123456789012, and is now 210987654321"],
    [{ region: "eu-central-1" }, "the region was eu-west-1, and is now eu-central-1"],
    [{ fingerprint: hash("f") }, "the fingerprint was aaaaaaaaaaaa, and is now ffffffffffff"],
    [
      { state: { lineage: "11111111-2222", serial: 4 } },
      "the state was serial 3 of 11111111, and is now serial 4 of 11111111",
    ],
    [{ state: null }, "the state was serial 3 of 11111111, and is now none"],
    [{ lock: null }, "the provider lock was bbbbbbbbbbbb, and is now none"],
    [{ engine: "tofu 1.11.0" }, "the tool was terraform 1.11.4, and is now tofu 1.11.0"],
    [
      { consumed: {} },
      "the consumed eu-west-1 /landfall/sandbox/keys/arn was version 1 (cccccccccccc), and is now none",
    ],
    [
      { consumed: { "eu-west-1 /landfall/sandbox/keys/arn": { version: 1, sha256: hash("d") } } },
      "the consumed eu-west-1 /landfall/sandbox/keys/arn was version 1 (cccccccccccc), and is now version 1 (dddddddddddd)",
    ],
    [{ revision: "fedcba0987654321" }, "the revision was 1234567890ab, and is now fedcba098765"],
  ])("names what has moved: %j", (change, moved) => {
    expect(movedBindings(saved, { ...saved, ...change })).toEqual([moved]);
  });

  it("names all that has moved, and does not miss a repository that the artifact came without", () => {
    expect(movedBindings(saved, { ...saved, revision: null })).toEqual([]);
    expect(movedBindings(saved, { ...saved, zone: "x", stack: "y" })).toHaveLength(2);
  });
});

describe("bindingsOf", () => {
  it("holds no consumed value, only its version and hash", () => {
    const { consumed, state } = bindingsOf({
      root: "/",
      zone: "sandbox",
      instance: {
        name: "sandbox-network",
        stack: "network",
        account: "main",
        accountId: "123456789012",
        region: "eu-west-1",
        appliedBy: "deployer",
      },
      fingerprint: hash("a"),
      toolchain: { engine: "terraform", version: "1.11.4", lock: undefined },
      state: {},
      consumed: [{ block: "vpc", parameter: "/p", region: "eu-west-1", role: undefined }],
      values: new Map([["vpc", { value: "vpc-1", version: 2 }]]),
    });
    expect(state).toBeNull();
    expect(consumed).toEqual({
      "eu-west-1 /p": { version: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(JSON.stringify(consumed)).not.toContain("vpc-1");
  });
});
