import { z } from "zod";
import { type Report } from "../engine/finding";
import { GOOD, REPORT } from "../testing/sample-report";
import { render } from "./format";

const level = z.enum(["none", "note", "warning", "error"]);
const message = z.strictObject({ text: z.string().min(1) });
const physicalLocation = z.strictObject({
  artifactLocation: z.strictObject({
    uri: z.string().regex(/^(?:file:\/\/\/)?[\w@%.~!$&'()*+,;=:/-]+$/),
    uriBaseId: z.string().optional(),
  }),
  region: z.strictObject({ startLine: z.int().min(1) }),
});

/** The part of the SARIF 2.1.0 schema that is written here, with its constraints. */
const SARIF = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          informationUri: z.url(),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              name: z.string(),
              shortDescription: message,
              helpUri: z.url(),
              help: message,
              defaultConfiguration: z.strictObject({ level }),
              properties: z.object({ tags: z.array(z.string()), "security-severity": z.string() }),
            }),
          ),
        }),
      }),
      columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
      originalUriBaseIds: z.record(z.string(), z.strictObject({ description: message })),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.strictObject({ level, message })),
        }),
      ),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          kind: z.enum(["pass", "open", "informational", "notApplicable", "review", "fail"]),
          level,
          message,
          locations: z.array(
            z.strictObject({
              physicalLocation,
              logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string(), kind: z.string() })),
            }),
          ),
          relatedLocations: z.array(z.strictObject({ id: z.int().min(0), physicalLocation })),
          partialFingerprints: z.record(z.string(), z.string()),
          suppressions: z.array(
            z.strictObject({
              kind: z.enum(["inSource", "external"]),
              status: z.enum(["accepted", "underReview", "rejected"]),
              justification: z.string(),
            }),
          ),
        }),
      ),
    }),
  ]),
});

describe("sarif", () => {
  const read = (report: Report = REPORT, input = "cdktf.out") =>
    SARIF.parse(JSON.parse(render(report, "sarif", { input }))).runs[0];
  const { tool, results, invocations } = read();
  const resultOf = (rule: string) => results.find(({ ruleId }) => ruleId === rule);

  it("has the shape of the standard, with nothing to tell too", () => {
    expect(read(GOOD).results).toEqual([]);
  });

  it("describes each control as a rule with its page, and results point to their rule", () => {
    const { rules } = tool.driver;
    expect(rules).toHaveLength(166);
    expect(rules.find(({ id }) => id === "EC2.19")).toMatchObject({
      helpUri: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
      defaultConfiguration: { level: "error" },
    });
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  it("gives a severity its level, and what is no failure none", () => {
    expect(
      ["EC2.19", "S3.8", "S3.13", "KMS.5"].map((id) => [resultOf(id)?.kind, resultOf(id)?.level]),
    ).toEqual([
      ["fail", "error"],
      ["fail", "error"],
      ["fail", "note"],
      ["review", "none"],
    ]);
  });

  it("points to the author's line, and to the construct's on the way", () => {
    const result = resultOf("S3.8");
    expect(result?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "apps/app/infra/stack.ts", uriBaseId: "SRCROOT" },
      region: { startLine: 12 },
    });
    expect(result?.relatedLocations[0]?.physicalLocation.artifactLocation.uri).toBe(
      "libs/storage/src/bucket.ts",
    );
  });

  it("points to the input where no line is known, whatever its name", () => {
    const uriOf = (input: string) =>
      read(REPORT, input).results[0]?.locations[0]?.physicalLocation.artifactLocation;
    expect(uriOf("my plan#1.json")).toEqual({ uri: "my%20plan%231.json", uriBaseId: "SRCROOT" });
    expect(uriOf("/tmp/plan.json")).toEqual({ uri: "file:///tmp/plan.json" });
  });

  it("suppresses what is excepted, with the reason, and reports what is wrong with exceptions", () => {
    expect(resultOf("S3.9")?.suppressions).toMatchObject([
      {
        kind: "inSource",
        status: "accepted",
        justification: "it takes the logs (platform, until 2027-03-31)",
      },
    ]);
    expect(resultOf("exception")).toMatchObject({
      level: "error",
      message: { text: "aws_lb.l: ELB.6: it has expired" },
    });
  });

  it("keeps a result's fingerprint when its line moves", () => {
    const moved = REPORT.findings.map((finding) => ({
      ...finding,
      location: { ...finding.location, lines: ["x.ts:1"] },
    }));
    const prints = (all: typeof results) => all.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(read({ ...REPORT, findings: moved }).results)).toEqual(prints(results));
    expect(new Set(prints(results).map((each) => JSON.stringify(each))).size).toBe(results.length);
  });

  it("carries the warnings", () => {
    expect(invocations[0]?.toolExecutionNotifications).toHaveLength(1);
  });
});
