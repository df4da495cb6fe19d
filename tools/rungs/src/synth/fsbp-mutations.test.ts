import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONTROLS, type Finding, judgeStandard, load } from "@landfall/fsbp";
import { type Configuration } from "@landfall/terraform-graph";
import { type Mutation, type MutationResult, tryMutation, tryUnknown } from "../fsbp/mutation";
import { MUTATIONS, ORGANIZATION_MUTATIONS } from "../fsbp/mutations";
import { mutationsMarkdown } from "../fsbp/mutations-markdown";
import { ROOT, synth } from "../workspace";

jest.setTimeout(120_000);

const CASES: readonly (readonly [string, readonly Mutation[]])[] = [
  ["standard", MUTATIONS],
  ["organization", ORGANIZATION_MUTATIONS],
];

const decided = CONTROLS.filter(({ scope }) => scope !== "runtime").map(({ id }) => id);

describe.each(CASES)("the mutations of zone %s", (name, mutations) => {
  const out = mkdtempSync(join(tmpdir(), `landfall-mutations-${name}-`));
  let zone: Configuration;

  beforeAll(() => {
    expect(synth(ROOT, "--zone", name, "--out", out)).toMatchObject({ stderr: "", status: 0 });
    zone = load(out);
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it("start from a zone that passes every control, without an exception", () => {
    const bad = judgeStandard(zone).findings.filter(({ verdict }) =>
      ["non-compliant", "unknown"].includes(verdict.status),
    );
    expect(bad).toEqual([]);
  });

  it("break every control that code decides", () => {
    expect([...new Set(mutations.map(({ control }) => control))].sort()).toEqual([...decided].sort());
  });

  it.each(mutations.map((mutation) => [mutation.control, mutation.mutation, mutation] as const))(
    "%s: it is caught where %s",
    (_control, _words, mutation) => {
      const { isCaught, before, found } = tryMutation(zone, mutation);
      expect({ isCaught, before: isCaught ? [] : before, found: isCaught ? [] : found }).toEqual({
        isCaught: true,
        before: [],
        found: [],
      });
    },
  );

  it("pass for none of the controls where the values are not known before the apply", () => {
    const tried = mutations.flatMap((mutation) => {
      const found = tryUnknown(zone, mutation);
      return found === undefined ? [] : [{ control: mutation.control, passes: found.length === 0 }];
    });
    expect(tried.length).toBeGreaterThan(100);
    expect(tried.filter(({ passes }) => passes)).toEqual([]);
  });

  it("leave the zone itself as it is", () => {
    expect(zone).toEqual(load(out));
  });
});

describe("one mutation a control", () => {
  it("is in the table of a zone of one account", () => {
    expect(MUTATIONS.map(({ control }) => control).sort()).toEqual([...decided].sort());
    expect(MUTATIONS).toHaveLength(148);
  });
});

describe("a mutation", () => {
  const OPEN = { name: "open", sqs_managed_sse_enabled: false };
  const provider = { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] };
  const zone: Configuration = {
    stacks: {
      network: { provider, resource: { aws_vpc: { Vpc: {} } } },
      queues: {
        provider,
        resource: { aws_sqs_queue: { First: { name: "first" }, Second: { name: "second" } } },
      },
    },
  };
  const unencrypted: Mutation = {
    control: "SQS.1",
    mutation: "a queue is not encrypted",
    at: "aws_sqs_queue",
    change: (draft) => draft.set("aws_sqs_queue", "sqs_managed_sse_enabled", false),
  };
  const isCaught = (change: Partial<Mutation>): boolean =>
    tryMutation(zone, { ...unencrypted, ...change }).isCaught;

  it("is caught at what it breaks", () => {
    const { found, ...result } = tryMutation(zone, unencrypted);
    expect(result).toMatchObject({ isCaught: true, isAdded: false });
    expect(found.map(({ location }) => location.address)).toEqual(["aws_sqs_queue.First"]);
  });

  it.each<[string, Partial<Mutation>]>([
    ["changes nothing that counts", { change: (draft) => draft.set("aws_sqs_queue", "name", "other") }],
    ["is found at another type of resource", { at: "aws_sqs_queue_policy" }],
    ["is found elsewhere, too", { change: (draft) => draft.add({ aws_sqs_queue: { A: OPEN, B: OPEN } }) }],
    ["starts from what does not pass", { add: { aws_sqs_queue: { Added: OPEN } } }],
    [
      "starts from what the control is not about",
      {
        control: "Kinesis.1",
        at: "aws_kinesis_stream",
        change: (draft) => draft.add({ aws_kinesis_stream: { Added: { name: "open" } } }),
      },
    ],
    [
      "makes a rule fail",
      {
        change: (draft) =>
          Object.defineProperty(draft.find("aws_sqs_queue"), "kms_master_key_id", {
            get: () => {
              throw new Error("unreadable");
            },
          }),
      },
    ],
  ])("is not caught where it %s", (_, change) => {
    expect(isCaught(change)).toBe(false);
  });

  it.each<[string, Mutation["change"]]>([
    ["resource", (draft) => draft.remove("aws_kinesis_stream")],
    ["argument", (draft) => draft.set("aws_sqs_queue", "kms_master_key_id", undefined)],
    ["block", (draft) => draft.set("aws_sqs_queue", "policy.version", 1)],
    ["list", (draft) => draft.append("aws_sqs_queue", "tags", 1)],
  ])("is refused where there is no such %s to change", (_, change) => {
    expect(() => isCaught({ change })).toThrow(/ no /);
  });
});

describe("the page of mutations", () => {
  const result = (change: Partial<MutationResult>): MutationResult => ({
    control: "SQS.1",
    mutation: "a queue is not encrypted",
    at: "aws_sqs_queue",
    isAdded: false,
    before: [],
    found: [],
    isCaught: true,
    ...change,
  });

  const FOUND: Finding = {
    control: "SQS.1",
    title: "Queues encrypted at rest",
    severity: "MEDIUM",
    location: {
      stack: "queues",
      address: "aws_sqs_queue.First",
      type: "aws_sqs_queue",
      construct: undefined,
      account: "123456789012",
      region: "eu-west-1",
      lines: [],
    },
    verdict: {
      status: "non-compliant",
      path: "aws_kms_key.Key_12AB.policy",
      found: "a |, or `b`",
      wanted: "a key",
    },
  };

  it("shows what is caught and what is not, in the order of the controls", () => {
    const text = mutationsMarkdown([
      {
        zone: "standard",
        results: [result({}), result({ control: "S3.8", mutation: "a block is gone", isCaught: false })],
      },
      {
        zone: "organization",
        results: [result({}), result({ mutation: "a key is gone", isAdded: true, found: [FOUND] })],
      },
    ]);
    expect(text).toContain("Caught: 1 of 2 mutations, for 2 controls.\n");
    expect(text).toContain(
      "Caught: 2 of 2 mutations, for 1 controls. Of these, 1 of 1 are the same as above.\n",
    );
    expect(text.match(/^\| \S+\.\d.*$/gm)).toEqual([
      "| S3.8 | a block is gone | **no** |",
      "| SQS.1 | a queue is not encrypted | yes |",
      "| SQS.1 | a key is gone (added) | yes, at `aws_sqs_queue`, `aws_kms_key.policy`: `a \\|, or 'b'` |",
    ]);
  });
});
