import { describeRule } from "../testing/cases";
import { inspectorRules } from "./inspector";

const rule = (id: string) => {
  const found = inspectorRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};

const ACCOUNT = "123456789012";
/** A member's account and region, whose administrator is another account; a topic makes it one that is judged. */
const member = (more: Record<string, object>, provider = "aws.admin") => ({
  aws_sns_topic: { t: {} },
  ...Object.fromEntries(Object.entries(more).map(([type, config]) => [type, { a: { provider, ...config } }])),
});
const rest = {
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: [ACCOUNT] },
      { alias: "admin", region: "eu-west-1", allowed_account_ids: ["210987654321"] },
      { alias: "elsewhere", region: "eu-central-1", allowed_account_ids: ["210987654321"] },
    ],
  },
};
const enabler = (resource_types: unknown, account_ids: unknown = [ACCOUNT]) => ({
  aws_inspector2_enabler: { e: { account_ids, resource_types } },
});
const association = (account_id = ACCOUNT) => ({ aws_inspector2_member_association: { account_id } });

describe.each([
  { control: "Inspector.1", kind: "EC2", setting: "ec2" },
  { control: "Inspector.2", kind: "ECR", setting: "ecr" },
  { control: "Inspector.3", kind: "LAMBDA_CODE", setting: "lambda_code" },
  { control: "Inspector.4", kind: "LAMBDA", setting: "lambda" },
])("$kind", ({ control, kind, setting }) => {
  const organization = (on: unknown) => ({
    aws_inspector2_organization_configuration: { auto_enable: [{ [setting]: on }] },
  });

  describeRule(rule(control), {
    compliant: [
      { of: "an enabler of the account", resource: enabler(["OTHER", kind]) },
      {
        of: "an enabler by the account's data source",
        resource: enabler([kind], ["${data.aws_caller_identity.me.account_id}"]),
        rest: { data: { aws_caller_identity: { me: {} } } },
      },
      {
        of: "an administrator's enabler",
        resource: member({ aws_inspector2_enabler: { account_ids: ["1", ACCOUNT], resource_types: [kind] } }),
        rest,
      },
      {
        of: "a member that joins while the administrator switches it on for who does",
        resource: member({ ...organization(true), ...association() }),
        rest,
      },
    ],
    nonCompliant: [
      { of: "a region without an enabler", resource: { aws_sns_topic: { t: {} } }, path: "" },
      {
        of: "an enabler of something else",
        resource: enabler(["OTHER"]),
        path: "aws_inspector2_enabler.e.resource_types",
      },
      {
        of: "an administrator's enabler of other accounts",
        resource: member({ aws_inspector2_enabler: { account_ids: ["1"], resource_types: [kind] } }),
        rest,
        path: "",
      },
      {
        of: "an enabler of another region",
        resource: member(
          { aws_inspector2_enabler: { account_ids: [ACCOUNT], resource_types: [kind] } },
          "aws.elsewhere",
        ),
        rest,
        path: "",
      },
      {
        of: "a member that joins while it is off",
        resource: member({ ...organization(false), ...association() }),
        rest,
        path: "",
      },
    ],
    unknown: [
      { of: "kinds by a variable", resource: enabler("${var.kinds}") },
      { of: "a kind by a variable", resource: enabler(["${var.kind}"]) },
      { of: "accounts by a variable", resource: enabler([kind], "${var.accounts}") },
      { of: "an account that may have joined before", resource: member(organization(true)), rest },
      {
        of: "an account beside the one that joins",
        resource: member({ ...organization(true), ...association("111111111111") }),
        rest,
      },
    ],
  });
});
