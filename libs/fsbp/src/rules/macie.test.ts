import { describeRule } from "../testing/cases";
import { macieRules } from "./macie";

const rule = (id: string) => {
  const found = macieRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};

/** A member's account and region, whose administrator is another account; a topic makes it one that is judged. */
const member = (more: Record<string, object>, provider = "aws.admin") => ({
  aws_sns_topic: { t: {} },
  ...Object.fromEntries(Object.entries(more).map(([type, config]) => [type, { a: { provider, ...config } }])),
});
const rest = {
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: ["123456789012"] },
      { alias: "admin", region: "eu-west-1", allowed_account_ids: ["210987654321"] },
      { alias: "elsewhere", region: "eu-central-1", allowed_account_ids: ["210987654321"] },
    ],
  },
};
const account = (config: object) => ({ aws_macie2_account: { m: config } });
const enrolled = (config: object = {}) => ({ aws_macie2_member: { account_id: "123456789012", ...config } });

describeRule(rule("Macie.1"), {
  compliant: [
    { of: "an account that says nothing", resource: account({}) },
    { of: "an account that is enabled", resource: account({ status: "ENABLED" }) },
    { of: "a member", resource: member(enrolled()), rest },
  ],
  nonCompliant: [
    { of: "a region without it", resource: { aws_sns_topic: { t: {} } }, path: "" },
    { of: "a pause", resource: account({ status: "PAUSED" }), path: "aws_macie2_account.m.status" },
    { of: "another member", resource: member(enrolled({ account_id: "111111111111" })), rest, path: "" },
    { of: "a member that is paused", resource: member(enrolled({ status: "PAUSED" })), rest, path: "" },
    { of: "a member in another region", resource: member(enrolled(), "aws.elsewhere"), rest, path: "" },
    {
      of: "an organization that leaves accounts alone",
      resource: member({ aws_macie2_organization_configuration: { auto_enable: false } }),
      rest,
      path: "",
    },
  ],
  unknown: [
    { of: "a status by a variable", resource: account({ status: "${var.status}" }) },
    {
      of: "an account that may have joined before",
      resource: member({ aws_macie2_organization_configuration: { auto_enable: true } }),
      rest,
    },
    { of: "a member by a variable", resource: member(enrolled({ account_id: "${var.id}" })), rest },
  ],
});
