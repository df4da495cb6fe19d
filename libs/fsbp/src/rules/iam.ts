import { Unknown, type Value } from "@landfall/terraform-graph";
import { isSet, mustBeAtLeast, mustBeTrue, render } from "../expect";
import { type PlaceRule, type ResourceRule, type Rule } from "../rule";
import { type Subject } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { iamPolicyRules } from "./iam-policies";

/** What gives a user a permission of its own, whoever it is; `user` names it. */
const FOR_A_USER = ["aws_iam_user_policy", "aws_iam_user_policy_attachment"] as const;

/** What gives some where the argument lists any. */
const FOR_THOSE_LISTED: Readonly<Record<string, string>> = {
  aws_iam_policy_attachment: "users",
  aws_iam_user_policies_exclusive: "policy_names",
  aws_iam_user_policy_attachments_exclusive: "policy_arns",
};

const refused = (path: string, value: Value): Verdict =>
  nonCompliant(path, render(value), "a policy of a group or a role that users are in or take");

/** A user without a policy is as it should be; one with policies is told of at each of them, where it can be mended. */
const userAlone = (user: Subject): Verdict =>
  FOR_A_USER.some((type) => user.related(type, "user", ["name"]).found.length > 0)
    ? NOT_APPLICABLE
    : COMPLIANT;

/** IAM.2: users get their permissions from groups and roles. */
const noUserPolicies: ResourceRule = {
  control: "IAM.2",
  types: ["aws_iam_user", ...FOR_A_USER, ...Object.keys(FOR_THOSE_LISTED)],
  judge: (subject) => {
    const { type } = subject.resource;
    if (type === "aws_iam_user") return userAlone(subject);
    const path = FOR_THOSE_LISTED[type];
    if (path === undefined) return refused("user", subject.value("user"));
    const listed = subject.value(path);
    if (listed instanceof Unknown) return unknown(path, listed.reason);
    return isSet(listed) ? refused(path, listed) : NOT_APPLICABLE;
  },
};

/** Each must be true. Where a password policy leaves one out, AWS does not ask for it. */
const CHARACTERS = [
  "require_uppercase_characters",
  "require_lowercase_characters",
  "require_numbers",
  "require_symbols",
] as const;

/** IAM.7: passwords of users have 8 characters of every kind. The provider's length is 6 where it is left out. */
const passwords: PlaceRule = {
  control: "IAM.7",
  each: "account",
  types: ["aws_iam_account_password_policy"],
  judge: (here) =>
    here.length === 0
      ? nonCompliant(
          "",
          "no aws_iam_account_password_policy in the account",
          "one that asks for 8 characters of every kind",
        )
      : any(
          ...here.map((policy) =>
            all(
              mustBeAtLeast(policy, "minimum_password_length", 8, 6),
              ...CHARACTERS.map((kind) => mustBeTrue(policy, kind)),
            ),
          ),
        ),
};

export const iamRules: readonly Rule[] = [...iamPolicyRules, noUserPolicies, passwords];
