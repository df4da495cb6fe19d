import { describeRule } from "../testing/cases";
import { kmsRules } from "./kms";

const rule = (id: string) => {
  const found = kmsRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};

const document = (...statements: object[]) =>
  JSON.stringify({
    Statement: statements.map((statement) => ({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: "*",
      ...statement,
    })),
  });
const managed = (...statements: object[]) => ({ aws_iam_policy: { p: { policy: document(...statements) } } });
const DENY = { Effect: "Deny", Action: "kms:*" };

/** Each with the statements of a policy, which both controls judge alike. */
const FINE: Readonly<Record<string, object[]>> = {
  "one key": [{ Resource: "arn:aws:kms:eu-west-1:123456789012:key/1234" }],
  "a key of the configuration": [{ Resource: "${aws_kms_key.k.arn}" }],
  "all keys of one region and account": [{ Resource: "arn:aws:kms:eu-west-1:123456789012:key/*" }],
  "multi-region keys": [{ Resource: "arn:aws:kms:*:123456789012:key/mrk-*" }],
  aliases: [{ Resource: "arn:aws:kms:*:*:alias/*" }],
  "all resources of another service": [{ Resource: "arn:aws:s3:::*" }],
  "encryption with all keys": [{ Action: ["kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncryptTo"] }],
  "all but decryption": [{ Action: undefined, NotAction: ["kms:Decrypt", "kms:ReEncrypt*"] }],
  "what a Deny takes back": [{}, DENY],
  "what a Deny leaves one key of": [
    {},
    { ...DENY, Resource: undefined, NotResource: "${aws_kms_key.k.arn}" },
  ],
  "all but every key": [{ Resource: undefined, NotResource: "*" }],
};
const OPEN: Readonly<Record<string, object[]>> = {
  "all keys": [{}],
  "all keys by their ARNs": [{ Resource: "arn:aws:kms:*:*:key/*" }],
  "all keys of the service": [{ Resource: "arn:aws:kms:*" }],
  "all keys of an account": [{ Resource: "arn:aws:kms:*:123456789012:key/*" }],
  "all keys of a region": [{ Resource: "arn:aws:kms:eu-west-1:*:key/*" }],
  "all keys beside one": [{ Resource: ["${aws_kms_key.k.arn}", "*"] }],
  "all keys but one": [{ Resource: undefined, NotResource: "arn:aws:kms:eu-west-1:123456789012:key/1" }],
  "re-encryption from all keys": [{ Action: "kms:ReEncryptFrom" }],
  "all actions with all keys": [{ Action: "*" }],
  "actions with a prefix": [{ Action: "kms:De*" }],
  "all but another action": [{ Action: undefined, NotAction: "iam:*" }],
  "all keys under a condition": [
    { Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } } },
  ],
  "what a Deny takes back under a condition": [
    {},
    { ...DENY, Condition: { Bool: { "aws:SecureTransport": "false" } } },
  ],
  "what a Deny takes back in part": [{}, { ...DENY, Resource: "arn:aws:kms:eu-west-1:123456789012:key/*" }],
  "what a Deny of one action leaves": [{ Action: "kms:*" }, { ...DENY, Action: "kms:Decrypt" }],
};
const KEY = { aws_kms_key: { k: {} } };

describeRule(rule("KMS.1"), {
  compliant: Object.entries(FINE).map(([of, statements]) => ({
    of,
    resource: { ...managed(...statements), ...KEY },
  })),
  nonCompliant: Object.entries(OPEN).map(([of, statements]) => ({
    of,
    resource: { ...managed(...statements), ...KEY },
    path: "policy",
  })),
  unknown: [
    { of: "a policy by a variable", resource: { aws_iam_policy: { p: { policy: "${var.p}" } } } },
    { of: "keys by a variable", resource: managed({ Resource: "${var.keys}" }) },
  ],
  notApplicable: [
    {
      of: "a boundary",
      resource: { ...managed({}), aws_iam_role: { r: { permissions_boundary: "${aws_iam_policy.p.arn}" } } },
    },
  ],
});

describeRule(rule("KMS.2"), {
  compliant: [
    ...Object.entries(FINE).map(([of, statements]) => ({
      of,
      resource: { aws_iam_role_policy: { p: { role: "r", policy: document(...statements) } }, ...KEY },
    })),
    {
      of: "a role's block for one key",
      resource: {
        aws_iam_role: {
          r: { inline_policy: [{ name: "p", policy: document({ Resource: "${aws_kms_key.k.arn}" }) }] },
        },
        ...KEY,
      },
    },
  ],
  nonCompliant: [
    ...["aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"].map((type) => ({
      of: `${type} for all keys`,
      resource: { [type]: { p: { policy: document({}) } } },
      path: "policy",
    })),
    ...Object.entries(OPEN).map(([of, statements]) => ({
      of,
      resource: { aws_iam_role_policy: { p: { policy: document(...statements) } }, ...KEY },
      path: "policy",
    })),
    {
      of: "the second block of a role",
      resource: {
        aws_iam_role: {
          r: {
            inline_policy: [
              { name: "a", policy: document({ Action: "s3:*" }) },
              { name: "b", policy: document({}) },
            ],
          },
        },
      },
      path: "inline_policy[1].policy",
    },
    {
      of: "a permission set for all keys",
      resource: { aws_ssoadmin_permission_set_inline_policy: { p: { inline_policy: document({}) } } },
      path: "inline_policy",
    },
  ],
  unknown: [
    { of: "a policy by a variable", resource: { aws_iam_role_policy: { p: { policy: "${var.p}" } } } },
    {
      of: "blocks that are not known",
      resource: {
        aws_iam_role: {
          r: { dynamic: { inline_policy: { for_each: "${var.all}", content: { policy: "{}" } } } },
        },
      },
    },
  ],
  notApplicable: [
    { of: "a role without blocks", resource: { aws_iam_role: { r: {} } } },
    {
      of: "a boundary that is no inline policy",
      resource: { aws_iam_role: { r: { permissions_boundary: "arn" } } },
    },
  ],
});

const keyPolicy = (principal: unknown, condition?: object) =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*", Condition: condition },
    ],
  });
const KEYS = [
  "aws_kms_key",
  "aws_kms_replica_key",
  "aws_kms_external_key",
  "aws_kms_replica_external_key",
  "aws_kms_key_policy",
];

describeRule(rule("KMS.5"), {
  compliant: [
    { of: "a key with AWS's policy", resource: KEY },
    {
      of: "a key for its account",
      resource: { aws_kms_key: { k: { policy: keyPolicy({ AWS: "arn:aws:iam::123456789012:root" }) } } },
    },
    {
      of: "a key for one account's callers",
      resource: {
        aws_kms_key: {
          k: { policy: keyPolicy("*", { StringEquals: { "kms:CallerAccount": "123456789012" } }) },
        },
      },
    },
  ],
  nonCompliant: [
    ...KEYS.map((type) => ({
      of: `${type} for everyone`,
      resource: { [type]: { k: { policy: keyPolicy({ AWS: "*" }) } } },
      path: "policy",
    })),
    {
      of: "a condition with a wildcard",
      resource: {
        aws_kms_key: {
          k: { policy: keyPolicy("*", { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } }) },
        },
      },
      path: "policy",
    },
  ],
  unknown: [{ of: "a policy by a variable", resource: { aws_kms_key: { k: { policy: "${var.p}" } } } }],
});
