import { judge } from "../engine/judge";
import { describeRule } from "../testing/cases";
import { accountRules } from "./ec2-account";

const rule = (id: string) => {
  const found = accountRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const elsewhere = { aws_vpc: { main: {} } };

describeRule(rule("EC2.7"), {
  compliant: [
    { of: "encryption that is on by default", resource: { aws_ebs_encryption_by_default: { on: {} } } },
    { of: "encryption that is on", resource: { aws_ebs_encryption_by_default: { on: { enabled: true } } } },
  ],
  nonCompliant: [
    { of: "a region without the setting", resource: elsewhere, path: "" },
    {
      of: "encryption that is off",
      resource: { aws_ebs_encryption_by_default: { off: { enabled: false } } },
      path: "enabled",
    },
  ],
  unknown: [
    {
      of: "encryption by a variable",
      resource: { aws_ebs_encryption_by_default: { on: { enabled: "${var.on}" } } },
    },
    {
      of: "a setting that may not be there",
      resource: { aws_ebs_encryption_by_default: { on: { count: "${var.count}" } } },
    },
  ],
});

const options = (mode: string) => ({
  aws_vpc_block_public_access_options: { here: { internet_gateway_block_mode: mode } },
});

describeRule(rule("EC2.172"), {
  compliant: [
    { of: "a block of both directions", resource: options("block-bidirectional") },
    { of: "a block of what comes in", resource: options("block-ingress") },
  ],
  nonCompliant: [
    { of: "a region without a block", resource: elsewhere, path: "" },
    { of: "a block that is off", resource: options("off"), path: "internet_gateway_block_mode" },
  ],
  unknown: [{ of: "a block by a variable", resource: options("${var.mode}") }],
});

const snapshots = (state: string) => ({ aws_ebs_snapshot_block_public_access: { here: { state } } });

describeRule(rule("EC2.182"), {
  compliant: [{ of: "a block of all sharing", resource: snapshots("block-all-sharing") }],
  nonCompliant: [
    { of: "a region without a block", resource: elsewhere, path: "" },
    { of: "a block of new sharing alone", resource: snapshots("block-new-sharing"), path: "state" },
  ],
  unknown: [{ of: "a block by a variable", resource: snapshots("${var.state}") }],
});

it("judges each region by its own settings", () => {
  const { findings } = judge(
    {
      stacks: {
        stack: {
          provider: {
            aws: [{ region: "eu-west-1" }],
          },
          resource: { aws_ebs_encryption_by_default: { on: {} } },
        },
        other: { provider: { aws: [{ region: "eu-central-1" }] }, resource: elsewhere },
      },
    },
    { rules: [rule("EC2.7")] },
  );

  expect(findings.map(({ location, verdict }) => [location.region, verdict.status])).toEqual([
    ["eu-west-1", "compliant"],
    ["eu-central-1", "non-compliant"],
  ]);
});
