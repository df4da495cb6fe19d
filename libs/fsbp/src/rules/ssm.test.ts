import { describeRule } from "../testing/cases";
import { ssmRules } from "./ssm";

const rule = (id: string) => {
  const found = ssmRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const document = (permissions?: object) => ({ aws_ssm_document: { d: { permissions } } });

describeRule(rule("SSM.4"), {
  compliant: [
    { of: "a document that is not shared", resource: document() },
    {
      of: "one that is shared with accounts",
      resource: document({ type: "Share", account_ids: "123456789012,210987654321" }),
    },
  ],
  nonCompliant: ["All", "all", "123456789012, All"].map((account_ids) => ({
    of: `one that is shared with ${account_ids}`,
    resource: document({ type: "Share", account_ids }),
    path: "permissions.account_ids",
  })),
  unknown: [
    { of: "sharing by a variable", resource: document({ type: "Share", account_ids: "${var.ids}" }) },
    {
      of: "sharing with one more by a variable",
      resource: document({ type: "Share", account_ids: "123456789012,${var.id}" }),
    },
  ],
});

describe.each([
  { control: "SSM.6", id: "/ssm/automation/customer-script-log-destination", value: "CloudWatch" },
  { control: "SSM.7", id: "/ssm/documents/console/public-sharing-permission", value: "Disable" },
])("$id", ({ control, id, value }) => {
  const setting = (setting_id: string, setting_value: string) => ({
    aws_ssm_service_setting: {
      another: { setting_id: "/ssm/parameter-store/default-parameter-tier", setting_value: "Standard" },
      s: { setting_id, setting_value },
    },
  });

  describeRule(rule(control), {
    compliant: [
      { of: "the setting", resource: setting(id, value) },
      {
        of: "the setting by its ARN",
        resource: setting(`arn:aws:ssm:eu-west-1:123456789012:servicesetting${id}`, value),
      },
      {
        of: "the setting of an account by a variable",
        resource: setting("arn:aws:ssm:eu-west-1:${var.account}:servicesetting" + id, value),
      },
    ],
    nonCompliant: [
      { of: "a region without the setting", resource: { aws_sns_topic: { t: {} } }, path: "" },
      { of: "another setting", resource: setting("/ssm/managed-instance/activation-tier", value), path: "" },
      {
        of: "another value",
        resource: setting(id, "Enable"),
        path: "aws_ssm_service_setting.s.setting_value",
      },
    ],
    unknown: [
      { of: "a value by a variable", resource: setting(id, "${var.value}") },
      { of: "a setting by a variable", resource: setting("${var.id}", value) },
    ],
  });
});
