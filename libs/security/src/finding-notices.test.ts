import { type Duty, type Zone } from "@landfall/core";
import { organizationZone, synthStack, testZone } from "@landfall/testing";
import { FindingNotices } from "./finding-notices";

const TOPIC = "arn:aws:sns:eu-west-1:123456789012:notices";

interface Pattern {
  readonly source: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

const stackOf = (zone: Zone, duty: Duty = "security") =>
  synthStack((stack) => void new FindingNotices(stack, "Notices", { topicArn: TOPIC }), {
    zone,
    definition: { name: "notices", scope: "regional", accounts: [duty] },
  });

/** Source of the events → the pattern. */
const patternsOf = (zone: Zone, duty?: Duty): Record<string, Pattern> =>
  Object.fromEntries(
    stackOf(zone, duty)
      .resources("aws_cloudwatch_event_rule")
      .map(({ event_pattern: text }) => JSON.parse(String(text)) as Pattern)
      .map((pattern) => [pattern.source.join(), pattern]),
  );

const withHub = testZone({ services: { guardDuty: true, securityHub: true } });

describe("FindingNotices", () => {
  it("tells new high and critical findings of Security Hub, of this region", () => {
    expect(patternsOf(withHub)["aws.securityhub"]?.detail).toEqual({
      findings: {
        Severity: { Label: ["HIGH", "CRITICAL"] },
        Workflow: { Status: ["NEW"] },
        RecordState: ["ACTIVE"],
        Region: ["eu-west-1"],
      },
    });
  });

  it("leaves GuardDuty's to Security Hub, which gets them", () => {
    expect(Object.keys(patternsOf(withHub)).sort()).toEqual(["aws.access-analyzer", "aws.securityhub"]);
  });

  it("tells GuardDuty's own from severity 7 where there is no Security Hub", () => {
    const patterns = patternsOf(testZone({ services: { guardDuty: true } }));
    expect(Object.keys(patterns).sort()).toEqual(["aws.access-analyzer", "aws.guardduty"]);
    expect(patterns["aws.guardduty"]?.detail).toMatchObject({ severity: [{ numeric: [">=", 7] }] });
  });

  it("tells Access Analyzer's active findings, even where all is switched off", () => {
    const patterns = patternsOf(testZone());
    expect(Object.keys(patterns)).toEqual(["aws.access-analyzer"]);
    expect(patterns["aws.access-analyzer"]?.detail).toEqual({ status: ["ACTIVE"] });
  });

  it("tells all accounts' findings from the security account alone", () => {
    const zone = organizationZone();
    expect(Object.keys(patternsOf(zone, "security")).sort()).toEqual([
      "aws.access-analyzer",
      "aws.securityhub",
    ]);
    expect(Object.keys(patternsOf(zone, "workload"))).toEqual(["aws.access-analyzer"]);
  });

  it("sends a sentence with every value that it names to the topic", () => {
    const targets = stackOf(withHub).resources("aws_cloudwatch_event_target");
    expect(targets).toHaveLength(2);
    for (const { arn, input_transformer: transformer } of targets) {
      const { input_paths: paths, input_template: template } = transformer as {
        input_paths: Record<string, string>;
        input_template: string;
      };
      expect(arn).toBe(TOPIC);
      const named = [...template.matchAll(/<(\w+)>/g)].map(([, name]) => name);
      expect(named.sort()).toEqual(Object.keys(paths).sort());
      expect(typeof JSON.parse(template)).toBe("string");
    }
  });
});
