import { describeRule } from "../testing/cases";
import { iamRules } from "./iam";

const rule = (id: string) => {
  const found = iamRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
type More = Record<string, Record<string, object>>;

/** A managed policy of one statement. */
const policy = (statement: object, more: More = {}) => ({
  aws_iam_policy: {
    p: {
      name: "p",
      policy: JSON.stringify({ Statement: [{ Sid: "One", Effect: "Allow", Resource: "*", ...statement }] }),
    },
  },
  ...more,
});
const boundedBy = (permissions_boundary: string): More => ({ aws_iam_role: { r: { permissions_boundary } } });
const POLICY = { address: "aws_iam_policy.p" };
const DOCUMENT = {
  aws_iam_policy: { p: { policy: "${data.aws_iam_policy_document.d.json}" } },
};
const documentOf = (...actions: string[]) => ({
  data: { aws_iam_policy_document: { d: { statement: [{ actions, resources: ["*"] }] } } },
});
const BOUNDARIES = [
  {
    of: "a boundary by reference",
    resource: policy({ Action: "*" }, boundedBy("${aws_iam_policy.p.arn}")),
    ...POLICY,
  },
  {
    of: "a boundary by its ARN",
    resource: policy({ Action: "*" }, boundedBy("arn:aws:iam::123456789012:policy/p")),
    ...POLICY,
  },
  {
    of: "a boundary of a user",
    resource: policy(
      { Action: "*" },
      { aws_iam_user: { u: { permissions_boundary: "${aws_iam_policy.p.arn}" } } },
    ),
    ...POLICY,
  },
];

describeRule(rule("IAM.1"), {
  compliant: [
    { of: "some actions", resource: policy({ Action: ["s3:GetObject", "ec2:*"] }) },
    { of: "every action on one resource", resource: policy({ Action: "*", Resource: "arn:aws:s3:::b" }) },
    { of: "a Deny of everything", resource: policy({ Effect: "Deny", Action: "*" }) },
    { of: "a document that allows little", resource: DOCUMENT, rest: documentOf("s3:GetObject") },
    {
      of: "a policy that only another account's role is bounded by",
      resource: policy({ Action: "s3:*" }, boundedBy("arn:aws:iam::210987654321:policy/p")),
      ...POLICY,
    },
  ],
  nonCompliant: [
    { of: "everything", resource: policy({ Action: "*" }), path: "policy" },
    {
      of: "everything in lists",
      resource: policy({ Action: ["s3:Get*", "*"], Resource: ["*"] }),
      path: "policy",
    },
    { of: "every action of every service", resource: policy({ Action: "*:*" }), path: "policy" },
    {
      of: "everything under a condition",
      resource: policy({ Action: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
      path: "policy",
    },
    { of: "a document that allows everything", resource: DOCUMENT, rest: documentOf("*"), path: "policy" },
    {
      of: "what bounds a role of another account",
      resource: policy({ Action: "*" }, boundedBy("arn:aws:iam::210987654321:policy/p")),
      ...POLICY,
      path: "policy",
    },
  ],
  unknown: [{ of: "a policy by a variable", resource: { aws_iam_policy: { p: { policy: "${var.p}" } } } }],
  notApplicable: BOUNDARIES,
});

describeRule(rule("IAM.21"), {
  compliant: [
    { of: "actions with a prefix", resource: policy({ Action: ["ec2:Describe*", "s3:*Object"] }) },
    { of: "a Deny of a service", resource: policy({ Effect: "Deny", Action: "ec2:*" }) },
    { of: "all but everything", resource: policy({ NotAction: "*" }) },
  ],
  nonCompliant: [
    ...["ec2:*", "*", "ec2:**", "*:*"].map((Action) => ({
      of: Action,
      resource: policy({ Action, Resource: "arn:aws:s3:::b" }),
      path: "policy",
    })),
    { of: "all but a service", resource: policy({ NotAction: "iam:*" }), path: "policy" },
    { of: "all but an action", resource: policy({ NotAction: ["iam:CreateUser"] }), path: "policy" },
  ],
  unknown: [{ of: "a policy by a variable", resource: { aws_iam_policy: { p: { policy: "${var.p}" } } } }],
  notApplicable: BOUNDARIES,
});

const user = (more: More = {}) => ({ aws_iam_user: { u: { name: "u" } }, ...more });
const attachment = (users: unknown): More => ({
  aws_iam_policy_attachment: { a: { name: "a", policy_arn: "arn", users } },
});

describeRule(rule("IAM.2"), {
  compliant: [{ of: "a user alone", resource: user() }],
  nonCompliant: [
    ...["aws_iam_user_policy", "aws_iam_user_policy_attachment"].flatMap((type) =>
      ["${aws_iam_user.u.name}", "u", "${var.user}"].map((name) => ({
        of: `${type} of ${name}`,
        resource: user({ [type]: { a: { user: name } } }),
        address: `${type}.a`,
        path: "user",
      })),
    ),
    {
      of: "a policy attached to users",
      resource: attachment(["${aws_iam_user.u.name}", "${var.user}"]),
      path: "users",
    },
    {
      of: "inline policies listed for a user",
      resource: { aws_iam_user_policies_exclusive: { a: { user_name: "u", policy_names: ["p"] } } },
      path: "policy_names",
    },
    {
      of: "policies listed for a user",
      resource: {
        aws_iam_user_policy_attachments_exclusive: { a: { user_name: "u", policy_arns: ["arn"] } },
      },
      path: "policy_arns",
    },
  ],
  unknown: [{ of: "a policy attached to whom a variable names", resource: attachment("${var.users}") }],
  notApplicable: [
    { of: "a policy attached to roles", resource: attachment(null) },
    {
      of: "the user, who is told of at the policy",
      resource: user({ aws_iam_user_policy: { a: { user: "${aws_iam_user.u.name}" } } }),
      address: "aws_iam_user.u",
    },
    {
      of: "a list that forbids policies",
      resource: { aws_iam_user_policies_exclusive: { a: { user_name: "u", policy_names: [] } } },
    },
  ],
});

const STRONG = {
  minimum_password_length: 8,
  require_uppercase_characters: true,
  require_lowercase_characters: true,
  require_numbers: true,
  require_symbols: true,
};
const passwords = (change: object) => ({ aws_iam_account_password_policy: { p: { ...STRONG, ...change } } });

describeRule(rule("IAM.7"), {
  compliant: [{ of: "passwords of 8 characters of every kind", resource: passwords({}) }],
  nonCompliant: [
    { of: "an account without a policy", resource: { aws_sns_topic: { t: {} } }, path: "" },
    {
      of: "passwords of 7 characters",
      resource: passwords({ minimum_password_length: 7 }),
      path: "minimum_password_length",
    },
    ...Object.keys(STRONG).map((path) => ({
      of: `${path} that is left out`,
      resource: passwords({ [path]: null }),
      path,
    })),
  ],
  unknown: [{ of: "a length by a variable", resource: passwords({ minimum_password_length: "${var.n}" }) }],
});
