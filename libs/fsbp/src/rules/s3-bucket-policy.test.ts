import { describeRule } from "../testing/cases";
import { s3BucketPolicyRules } from "./s3-bucket-policy";

const rule = (id: string) => {
  const found = s3BucketPolicyRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const ARN = "${aws_s3_bucket.b.arn}";
const PATH = "aws_s3_bucket_policy.p.policy";

/** A bucket with a policy of these statements. */
const policy = (statements: object[], config: object = {}, more: Record<string, object> = {}) => ({
  aws_s3_bucket: { b: config },
  aws_s3_bucket_policy: {
    p: { bucket: "${aws_s3_bucket.b.id}", policy: JSON.stringify({ Statement: statements }) },
  },
  ...more,
});
const tls = (change: object = {}) => ({
  Sid: "Tls",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
  ...change,
});

describeRule(rule("S3.5"), {
  compliant: [
    { of: "a Deny of the bucket and its objects", resource: policy([tls()]) },
    {
      of: "a Deny by the bucket's name",
      resource: policy([tls({ Resource: ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"] })], {
        bucket: "orders",
      }),
    },
    {
      of: "a Deny of everything",
      resource: policy([tls({ Resource: "*", Principal: { AWS: "*" }, Action: "*" })]),
    },
    { of: "a Deny in two halves", resource: policy([tls({ Resource: ARN }), tls({ Resource: `${ARN}/*` })]) },
    {
      of: "a policy of the bucket's own",
      resource: {
        aws_s3_bucket: {
          b: {
            bucket: "orders",
            policy: JSON.stringify({ Statement: tls({ Resource: "arn:aws:s3:::orders*" }) }),
          },
        },
      },
    },
    {
      of: "a document of a data source",
      resource: {
        aws_s3_bucket: { b: {} },
        aws_s3_bucket_policy: {
          p: { bucket: "${aws_s3_bucket.b.id}", policy: "${data.aws_iam_policy_document.d.json}" },
        },
      },
      rest: {
        data: {
          aws_iam_policy_document: {
            d: {
              statement: [
                {
                  effect: "Deny",
                  actions: ["s3:*"],
                  resources: [ARN, `${ARN}/*`],
                  principals: [{ type: "*", identifiers: ["*"] }],
                  condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
                },
              ],
            },
          },
        },
      },
    },
  ],
  nonCompliant: [
    { of: "a bucket without a policy", resource: { aws_s3_bucket: { b: {} } }, path: "" },
    ...Object.entries({
      "a policy of something else": { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } },
      "a Deny of the objects alone": { Resource: `${ARN}/*` },
      "a Deny of the bucket alone": { Resource: ARN },
      "a Deny of another bucket": { Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] },
      "a Deny of what another resource is called": { Resource: ["${aws_sns_topic.t.name}*"] },
      "a Deny of some actions": { Action: "s3:Get*" },
      "a Deny of some principals": { Principal: { AWS: "arn:aws:iam::123456789012:root" } },
      "a Deny of services alone": { Principal: { Service: "*" } },
      "an Allow": { Effect: "Allow" },
      "a Deny of TLS itself": { Condition: { Bool: { "aws:SecureTransport": "true" } } },
      "a Deny of something else that is false": { Condition: { Bool: { "aws:ViaAWSService": "false" } } },
      "a Deny that something else narrows": {
        Condition: { Bool: { "aws:SecureTransport": "false", "aws:PrincipalIsAWSService": "false" } },
      },
    }).map(([of, change]) => ({
      of,
      resource: policy([tls(change)], {}, { aws_sns_topic: { t: {} } }),
      path: PATH,
    })),
  ],
  unknown: [
    {
      of: "a policy by a variable",
      resource: {
        ...policy([]),
        aws_s3_bucket_policy: { p: { bucket: "${aws_s3_bucket.b.id}", policy: "${var.p}" } },
      },
    },
    {
      of: "a policy of a bucket by a variable",
      resource: { ...policy([]), aws_s3_bucket_policy: { p: { bucket: "${var.b}", policy: "{}" } } },
    },
  ],
});

const allow = (principal: unknown, change: object = {}) => ({
  Sid: "Open",
  Effect: "Allow",
  Principal: principal,
  Action: "s3:PutBucketPolicy",
  Resource: ARN,
  ...change,
});
const OTHER = { AWS: "arn:aws:iam::210987654321:role/audit" };
const OWN_ROLE = { aws_iam_role: { r: {} } };

describeRule(rule("S3.6"), {
  compliant: [
    {
      of: "the account itself",
      resource: policy([allow({ AWS: ["123456789012", "arn:aws:iam::123456789012:root"] })]),
    },
    {
      of: "a role of the configuration",
      resource: policy([allow({ AWS: "${aws_iam_role.r.arn}" })], {}, OWN_ROLE),
    },
    { of: "a service", resource: policy([allow({ Service: "s3.amazonaws.com" })]) },
    {
      of: "another account that may read",
      resource: policy([allow(OTHER, { Action: ["s3:GetObject", "s3:Put*Tagging"] })]),
    },
    { of: "a Deny for others", resource: policy([allow("*", { Effect: "Deny" })]) },
  ],
  nonCompliant: [
    ...[
      "s3:DeleteBucketPolicy",
      "s3:PutBucketAcl",
      "s3:PutBucketPolicy",
      "s3:PutEncryptionConfiguration",
      "s3:PutObjectAcl",
      "s3:Put*",
      "*",
    ].map((action) => ({
      of: `${action} for another account`,
      resource: policy([allow(OTHER, { Action: action })]),
      path: PATH,
    })),
    {
      of: "all but some actions for another account",
      resource: policy([allow(OTHER, { Action: undefined, NotAction: "s3:GetObject" })]),
      path: PATH,
    },
    { of: "another account by its id", resource: policy([allow({ AWS: "210987654321" })]), path: PATH },
    {
      of: "one of several that is another's",
      resource: policy([allow({ AWS: ["123456789012", "210987654321"] })]),
      path: PATH,
    },
    {
      of: "another account's session",
      resource: policy([allow({ AWS: "arn:aws:sts::210987654321:assumed-role/audit/me" })]),
      path: PATH,
    },
    {
      of: "everyone, whatever the condition",
      resource: policy([allow("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })]),
      path: PATH,
    },
    {
      of: "everyone but one",
      resource: policy([allow(undefined, { NotPrincipal: { AWS: "123456789012" } })]),
      path: PATH,
    },
    {
      of: "a role that another provider keeps",
      resource: policy(
        [allow({ AWS: "${aws_iam_role.r.arn}" })],
        {},
        { aws_iam_role: { r: { provider: "aws.other" } } },
      ),
      rest: {
        provider: {
          aws: [
            { allowed_account_ids: ["123456789012"] },
            { alias: "other", allowed_account_ids: ["210987654321"] },
          ],
        },
      },
      path: PATH,
    },
  ],
  unknown: [
    { of: "a principal by a variable", resource: policy([allow({ AWS: "${var.who}" })]) },
    {
      of: "a canonical user",
      resource: policy([allow({ CanonicalUser: "79a59df900b949e55d96a1e698fbaced" })]),
    },
    {
      of: "an account where the bucket's own is not known",
      resource: policy([allow({ AWS: "123456789012" })]),
      rest: { provider: { aws: [{ region: "eu-west-1" }] } },
    },
  ],
  notApplicable: [{ of: "a bucket without a policy", resource: { aws_s3_bucket: { b: {} } } }],
});
