import { type ServiceAccess } from "../service-access";

/** The organization, from its management account: units, accounts, policies, and who administers what for all. */
export const ORGANIZATION: ServiceAccess = {
  name: "organization",
  types: [
    "aws_guardduty_organization_admin_account",
    "aws_inspector2_delegated_admin_account",
    "aws_macie2_organization_admin_account",
    "aws_organizations_account",
    "aws_organizations_delegated_administrator",
    "aws_organizations_organization",
    "aws_organizations_organizational_unit",
    "aws_organizations_policy",
    "aws_organizations_policy_attachment",
    "aws_securityhub_organization_admin_account",
  ],
  read: ["organizations:Describe*", "organizations:List*"],
  changes: [
    {
      what: "organization",
      actions: [
        "guardduty:EnableOrganizationAdminAccount",
        "inspector2:EnableDelegatedAdminAccount",
        "macie2:EnableOrganizationAdminAccount",
        "organizations:AttachPolicy",
        "organizations:CreateAccount",
        "organizations:CreateOrganization",
        "organizations:CreateOrganizationalUnit",
        "organizations:CreatePolicy",
        "organizations:DeleteOrganizationalUnit",
        "organizations:DeletePolicy",
        "organizations:DetachPolicy",
        "organizations:EnableAWSServiceAccess",
        "organizations:EnableAllFeatures",
        "organizations:EnablePolicyType",
        "organizations:MoveAccount",
        "organizations:RegisterDelegatedAdministrator",
        "organizations:TagResource",
        "organizations:UntagResource",
        "organizations:UpdateOrganizationalUnit",
        "organizations:UpdatePolicy",
        "securityhub:EnableOrganizationAdminAccount",
      ],
    },
  ],
};
