import { type Attributes, statementsOf, type SynthesizedStack, synthApp, testZone } from "@landfall/testing";
import { modeOf } from "./switches";
import { definition } from "./stack";

const synth = (disposable: boolean): SynthesizedStack => {
  const [stack] = Object.values(synthApp({ zone: testZone({ disposable }), definitions: [definition] }));
  if (!stack) throw new Error("nothing was synthesized");
  return stack;
};
const repairing = synth(true);
const dry = synth(false);

const REPAIRS = {
  "block-public-bucket": "s3:PutBucketPublicAccessBlock",
  "close-open-rule": "ec2:RevokeSecurityGroupIngress",
  "disable-access-key": "iam:UpdateAccessKey",
  "restart-trail": "cloudtrail:StartLogging",
};
const MENDS = Object.values(REPAIRS);

/** The statements of the role of a repair. */
const roleOf = (stack: SynthesizedStack, repair: string) => {
  const policies: Attributes[] = stack.resources("aws_iam_role_policy");
  const found = policies.find(
    ({ policy }) =>
      String(policy).includes(`function:test-sentinel-${repair}`) || String(policy).includes(`/${repair}/*`),
  );
  return statementsOf(found?.policy);
};
const actionsOf = (stack: SynthesizedStack, repair: string) =>
  Object.values(roleOf(stack, repair)).flatMap(({ Action }) => Action);

describe("the stack sentinel", () => {
  it.each(Object.entries(REPAIRS))("lets %s do %s alone, in its own account", (repair, mend) => {
    expect(actionsOf(repairing, repair).filter((action) => MENDS.includes(String(action)))).toEqual([mend]);
    expect(roleOf(repairing, repair).Mend).toMatchObject({
      Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
    });
  });

  it.each(Object.keys(REPAIRS))("gives %s no permission to repair in a dry run", (repair) => {
    expect(actionsOf(dry, repair).filter((action) => MENDS.includes(String(action)))).toEqual([]);
    expect(actionsOf(dry, repair).length).toBeGreaterThan(0);
  });

  it("tells each function how it is switched", () => {
    const modes = (stack: SynthesizedStack) =>
      stack
        .resources("aws_lambda_function")
        .map(
          ({ environment }) => (environment as { variables: { REPAIR_MODE: string } }).variables.REPAIR_MODE,
        );
    expect(modes(repairing)).toEqual(Array(4).fill("repair"));
    expect(modes(dry)).toEqual(Array(4).fill("dry-run"));
  });

  it("lets each repair write into its own chain alone", () => {
    for (const repair of Object.keys(REPAIRS)) {
      expect(roleOf(dry, repair).RecordInOwnChain?.Resource).toMatch(new RegExp(`/${repair}/\\*$`));
    }
  });

  it("locks the records, and lets nobody write over one or delete it", () => {
    expect(dry.resource("aws_s3_bucket_object_lock_configuration").rule).toMatchObject({
      default_retention: { days: expect.any(Number) },
    });
    const policy = statementsOf(dry.resource("aws_s3_bucket_policy").policy);
    expect(policy.WriteOverNothing).toMatchObject({
      Effect: "Deny",
      Action: "s3:PutObject",
      Condition: { Null: { "s3:if-none-match": "true" } },
    });
    expect(policy.WrittenByRepairsAlone).toMatchObject({ Effect: "Deny", Action: "s3:PutObject" });
    expect(policy.KeepRecords).toMatchObject({ Effect: "Deny" });
  });

  it("has a queue for each repair, and looks at everything now and then but for leaked keys", () => {
    expect(dry.resources("aws_sqs_queue")).toHaveLength(8);
    const sweeps = dry
      .resources("aws_cloudwatch_event_rule")
      .filter(({ schedule_expression }) => schedule_expression !== undefined)
      .map(({ name }) => name);
    expect(sweeps.sort()).toEqual([
      "test-sentinel-block-public-bucket-sweep",
      "test-sentinel-close-open-rule-sweep",
      "test-sentinel-restart-trail-sweep",
    ]);
  });

  it("selects events of AWS for this account alone", () => {
    for (const { event_pattern } of dry.resources("aws_cloudwatch_event_rule")) {
      if (event_pattern === undefined) continue;
      const { source } = JSON.parse(String(event_pattern)) as { source: string[] };
      expect(source).toEqual([expect.stringMatching(/^aws\./)]);
    }
  });

  it("puts its functions into no network", () => {
    expect(dry.resources("aws_lambda_function").filter(({ vpc_config }) => vpc_config !== undefined)).toEqual(
      [],
    );
  });
});

describe("modeOf", () => {
  it("repairs in a disposable zone, reports in others, and does as it is switched", () => {
    expect(modeOf({ name: "local", disposable: true }, "restart-trail")).toBe("repair");
    expect(modeOf({ name: "standard", disposable: false }, "restart-trail")).toBe("dry-run");
    const switches = {
      standard: { "restart-trail": "repair" },
      local: { "restart-trail": "dry-run" },
    } as const;
    expect(modeOf({ name: "standard", disposable: false }, "restart-trail", switches)).toBe("repair");
    expect(modeOf({ name: "standard", disposable: false }, "close-open-rule", switches)).toBe("dry-run");
    expect(modeOf({ name: "local", disposable: true }, "restart-trail", switches)).toBe("dry-run");
  });
});
