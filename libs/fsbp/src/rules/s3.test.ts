import { CONTROLS } from "../controls";
import { describeRule } from "../testing/cases";
import { s3Rules } from "./s3";

const rule = (id: string) => {
  const found = s3Rules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const FLAGS = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

it("has one rule for each control of S3 that code decides", () => {
  const decidable = CONTROLS.filter(({ service, scope }) => service === "S3" && scope !== "runtime");

  expect(s3Rules.map(({ control }) => control).sort()).toEqual(decidable.map(({ id }) => id).sort());
});

const account = (config: object) => ({ aws_s3_account_public_access_block: { account: config } });

describeRule(rule("S3.1"), {
  compliant: [{ of: "an account with all four flags", resource: account(FLAGS) }],
  nonCompliant: [
    { of: "an account without a block", resource: { aws_sns_topic: { t: {} } }, path: "" },
    ...Object.keys(FLAGS).map((flag) => ({
      of: `${flag} that is left out`,
      resource: account({ ...FLAGS, [flag]: null }),
      path: flag,
    })),
  ],
  unknown: [
    { of: "a flag by a variable", resource: account({ ...FLAGS, block_public_acls: "${var.on}" }) },
    { of: "blocks whose number is not known", resource: account({ ...FLAGS, count: "${var.n}" }) },
  ],
});

const point = (config: object = {}) => ({
  aws_s3_access_point: { p: { name: "p", bucket: "b", ...config } },
});
const block = (config: object) => ({ public_access_block_configuration: [config] });

describeRule(rule("S3.19"), {
  compliant: [
    { of: "an access point that says nothing", resource: point() },
    { of: "one with all four flags", resource: point(block(FLAGS)) },
    { of: "one with some of them", resource: point(block({ block_public_acls: true })) },
  ],
  nonCompliant: Object.keys(FLAGS).map((flag) => ({
    of: `${flag} that is false`,
    resource: point(block({ ...FLAGS, [flag]: false })),
    path: `public_access_block_configuration.${flag}`,
  })),
  unknown: [{ of: "a flag by a variable", resource: point(block({ block_public_acls: "${var.on}" })) }],
});

const multiRegion = (details: object) => ({
  aws_s3control_multi_region_access_point: { p: { details: [{ name: "p", ...details }] } },
});

describeRule(rule("S3.24"), {
  compliant: [
    { of: "a point that says nothing", resource: multiRegion({}) },
    { of: "one with all four flags", resource: multiRegion({ public_access_block: [FLAGS] }) },
  ],
  nonCompliant: Object.keys(FLAGS).map((flag) => ({
    of: `${flag} that is false`,
    resource: multiRegion({ public_access_block: [{ ...FLAGS, [flag]: false }] }),
    path: `details.public_access_block.${flag}`,
  })),
  unknown: [
    {
      of: "a flag by a variable",
      resource: multiRegion({ public_access_block: [{ ignore_public_acls: "${var.on}" }] }),
    },
  ],
});
