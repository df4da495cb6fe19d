import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthStack, twoRegionZone } from "@landfall/testing";
import { example } from "../example";

describe("the example", () => {
  const stack = synthStack(example, { zone: twoRegionZone() });

  it("guards an account and detects in it", () => {
    expect(Object.keys(stack.json.resource ?? {})).toEqual(
      expect.arrayContaining([
        "aws_ebs_encryption_by_default",
        "aws_guardduty_detector",
        "aws_inspector2_enabler",
        "aws_macie2_account",
        "aws_securityhub_standards_subscription",
      ]),
    );
  });

  it("tells what is found to the topic alone", () => {
    const targets = stack.resources("aws_cloudwatch_event_target");
    expect(targets).toHaveLength(2);
    expect(new Set(targets.map(({ arn }) => arn))).toEqual(
      new Set(["arn:aws:sns:eu-west-1:123456789012:sandbox-logging-notices"]),
    );
  });

  it("is what the README shows", () => {
    const [source, readme] = ["../example.ts", "../README.md"].map((file) =>
      readFileSync(join(__dirname, file), "utf8"),
    );
    expect(readme).toContain(`\`\`\`ts\n${source}\`\`\``);
  });
});
