import { CONTROLS, SEVERITIES, type Severity } from "../controls";
import { isPlaceRule } from "../rule";
import { RULES } from "./index";

const decided = CONTROLS.filter(({ scope }) => scope !== "runtime");

/** The standard's controls of these services: the numbers of each by severity. Whoever changes one changes what is promised. */
const PINNED: Readonly<Record<Severity, readonly string[]>> = {
  CRITICAL: [
    "CodeBuild 1 2",
    "Config 1",
    "EC2 1 19",
    "IAM 4 6",
    "KMS 3 5",
    "Lambda 1",
    "S3 2 3 19",
    "SNS 4",
    "SQS 3",
    "SSM 4 7",
  ],
  HIGH: [
    "ACM 2",
    "CloudFront 1 12",
    "CloudTrail 1",
    "EC2 2 8 9 18 23 25 182",
    "ECR 1",
    "GuardDuty 1 5 6 7 8 9 10 11",
    "IAM 1",
    "Inspector 1 2 3 4",
    "Macie 2",
    "S3 6 8 24",
    "SSM 2",
  ],
  MEDIUM: [
    "ACM 1",
    "APIGateway 1 2 4 5 8 9 10 11",
    "Backup 1",
    "CloudFront 3 5 6 9 10 13 15 16 17",
    "CloudTrail 2 5",
    "CodeBuild 4 7",
    "DynamoDB 1 2 3 6 7",
    "EC2 3 4 6 7 10 15 20 21 24 55 56 57 58 60 171 172 173 180 181 183",
    "ECR 2 3",
    "ELB 1 2 3 4 5 6 8 9 10 12 13 14 17 18 21 22",
    "GuardDuty 12 13",
    "IAM 3 5 7 8",
    "KMS 1 2",
    "Kinesis 1 3",
    "Lambda 2 5",
    "Macie 1",
    "Route53 2",
    "S3 1 5 9 12",
    "SQS 1",
    "SSM 1 6",
    "SecretsManager 1 2 3 4",
    "StepFunctions 1",
    "WAF 1 2 3 4 6 7 8 10 12",
  ],
  LOW: [
    "APIGateway 3",
    "CloudFront 4 7 8",
    "CloudTrail 4",
    "CodeBuild 3",
    "EC2 16 17 51 170",
    "ELB 7",
    "EventBridge 3",
    "IAM 2 21",
    "S3 13 25",
    "SSM 3",
  ],
};

const pinned = (severity: Severity): string[] =>
  PINNED[severity].flatMap((line) => {
    const [service, ...numbers] = line.split(" ");
    return numbers.map((number) => `${service}.${number}`);
  });

describe("the rules", () => {
  it("are there for each control that code decides, and for no other", () => {
    const ids = new Set(RULES.map(({ control }) => control));
    const wanted = new Set(decided.map(({ id }) => id));
    expect({
      missing: [...wanted].filter((id) => !ids.has(id)),
      unwanted: [...ids].filter((id) => !wanted.has(id)),
    }).toEqual({ missing: [], unwanted: [] });
  });

  it("judge a resource for a control once: several rules of one control share no type", () => {
    const judged = RULES.flatMap(({ control, types }) => types.map((type) => `${control} ${type}`));
    expect(judged.filter((each, index) => judged.indexOf(each) !== index)).toEqual([]);
  });

  it("judge each control in the scope that it has", () => {
    const zoneWide = decided.filter(({ scope }) => scope === "zone").map(({ id }) => id);
    const byPlace = RULES.filter(isPlaceRule).map(({ control }) => control);
    expect([...byPlace].sort()).toEqual([...zoneWide].sort());
  });

  it("judge at least one type of resource each", () => {
    expect(RULES.filter(({ types }) => types.length === 0)).toEqual([]);
  });
});

describe("the controls", () => {
  it("are 165, of which code decides 148", () => {
    expect(CONTROLS).toHaveLength(165);
    expect(decided).toHaveLength(148);
    expect(new Set(CONTROLS.map(({ id }) => id)).size).toBe(165);
  });

  it.each(SEVERITIES)("have the severities of the standard: %s", (severity) => {
    const own = CONTROLS.filter((control) => control.severity === severity).map(({ id }) => id);
    expect(own.sort()).toEqual(pinned(severity).sort());
  });

  it("tell who decides what code can't", () => {
    const without = CONTROLS.filter(
      ({ scope, decidedBy = "" }) => scope === "runtime" && decidedBy.length < 20,
    );
    expect(without).toEqual([]);
  });
});
