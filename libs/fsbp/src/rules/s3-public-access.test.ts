import { describeRule } from "../testing/cases";
import { s3PublicAccessRules } from "./s3-public-access";

const rule = (id: string) => {
  const found = s3PublicAccessRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
type More = Record<string, Record<string, object>>;

const ID = "${aws_s3_bucket.b.id}";
const bucket = (more: More = {}, config: object = {}) => ({ aws_s3_bucket: { b: config }, ...more });
const policy = (action: string | string[], change: object = {}): More => ({
  aws_s3_bucket_policy: {
    p: {
      bucket: ID,
      policy: JSON.stringify({
        Statement: [
          { Sid: "Open", Effect: "Allow", Principal: "*", Action: action, Resource: "*", ...change },
        ],
      }),
    },
  },
});
const block = (flag: string, value: unknown = true): More => ({
  aws_s3_bucket_public_access_block: { block: { bucket: ID, [flag]: value } },
});
const list = (config: object): More => ({ aws_s3_bucket_acl: { acl: { bucket: ID, ...config } } });
const grant = (permission: string, group = "AllUsers"): More =>
  list({
    access_control_policy: [
      {
        grant: [
          {
            permission,
            grantee: [{ type: "Group", uri: `http://acs.amazonaws.com/groups/global/${group}` }],
          },
        ],
      },
    ],
  });
const inlineGrant = (...permissions: string[]) =>
  bucket(
    {},
    { grant: [{ type: "Group", permissions, uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] },
  );
const enforced: More = {
  aws_s3_bucket_ownership_controls: {
    controls: { bucket: ID, rule: [{ object_ownership: "BucketOwnerEnforced" }] },
  },
};
const accountBlock = (provider?: string): More => ({
  aws_s3_account_public_access_block: {
    account: { restrict_public_buckets: true, ...(provider ? { provider } : {}) },
  },
});
const TWO_ACCOUNTS = {
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: ["123456789012"] },
      { alias: "other", region: "eu-west-1", allowed_account_ids: ["210987654321"] },
    ],
  },
};
const POLICY = "aws_s3_bucket_policy.p.policy";
const CANNED = "aws_s3_bucket_acl.acl.acl";
const GRANT = "aws_s3_bucket_acl.acl.access_control_policy.grant.grantee.uri";

describeRule(rule("S3.2"), {
  compliant: [
    { of: "a bucket with neither", resource: bucket() },
    { of: "a policy that lets everyone write", resource: bucket(policy("s3:PutObject")) },
    {
      of: "a policy for an organization",
      resource: bucket(
        policy("s3:GetObject", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      ),
    },
    {
      of: "a public policy that is blocked",
      resource: bucket({ ...policy("s3:*"), ...block("restrict_public_buckets") }),
    },
    {
      of: "a public policy that the account blocks",
      resource: bucket({ ...policy("s3:*"), ...accountBlock() }),
    },
    { of: "a private list", resource: bucket(list({ acl: "private" })) },
    {
      of: "a public list that is blocked",
      resource: bucket({ ...list({ acl: "public-read" }), ...block("ignore_public_acls") }),
    },
    {
      of: "a public list where lists are off",
      resource: bucket({ ...list({ acl: "public-read" }), ...enforced }),
    },
    { of: "a grant to write", resource: bucket(grant("WRITE")) },
    {
      of: "a grant to S3's log delivery",
      resource: bucket({
        ...list({
          access_control_policy: [
            {
              grant: [
                { permission: "READ", grantee: [{ uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" }] },
              ],
            },
          ],
        }),
      }),
    },
  ],
  nonCompliant: [
    { of: "a policy that lets everyone read", resource: bucket(policy("s3:GetObject")), path: POLICY },
    { of: "a policy that lets everyone list", resource: bucket(policy(["s3:ListBucket"])), path: POLICY },
    { of: "a policy that lets everyone do everything", resource: bucket(policy("*")), path: POLICY },
    {
      of: "a condition with a wildcard",
      resource: bucket(policy("s3:GetObject", { Condition: { StringLike: { "aws:SourceVpc": "vpc-*" } } })),
      path: POLICY,
    },
    {
      of: "all but writing",
      resource: bucket(policy([], { Action: undefined, NotAction: "s3:Put*" })),
      path: POLICY,
    },
    {
      of: "a policy of the bucket's own",
      resource: bucket(
        {},
        {
          policy: JSON.stringify({
            Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
          }),
        },
      ),
      path: "policy",
    },
    {
      of: "a public policy with the wrong flag",
      resource: bucket({ ...policy("s3:*"), ...block("ignore_public_acls") }),
      path: POLICY,
    },
    {
      of: "a public policy with a flag that is false",
      resource: bucket({ ...policy("s3:*"), ...block("restrict_public_buckets", false) }),
      path: POLICY,
    },
    {
      of: "a public policy that another account blocks",
      resource: bucket({ ...policy("s3:*"), ...accountBlock("aws.other") }),
      rest: TWO_ACCOUNTS,
      path: POLICY,
    },
    { of: "a public list", resource: bucket(list({ acl: "public-read" })), path: CANNED },
    {
      of: "a list for everyone with an AWS account",
      resource: bucket(list({ acl: "authenticated-read" })),
      path: CANNED,
    },
    {
      of: "a public list of the bucket's own",
      resource: bucket({}, { acl: "public-read-write" }),
      path: "acl",
    },
    {
      of: "a public list with the wrong flag",
      resource: bucket({ ...list({ acl: "public-read" }), ...block("block_public_acls") }),
      path: CANNED,
    },
    { of: "a grant to everyone", resource: bucket(grant("READ")), path: GRANT },
    {
      of: "a grant to everyone with an AWS account",
      resource: bucket(grant("FULL_CONTROL", "AuthenticatedUsers")),
      path: GRANT,
    },
    { of: "a grant of the bucket's own", resource: inlineGrant("WRITE", "READ"), path: "grant.uri" },
  ],
  unknown: [
    {
      of: "a policy by a variable",
      resource: bucket({ aws_s3_bucket_policy: { p: { bucket: ID, policy: "${var.p}" } } }),
    },
    { of: "a list by a variable", resource: bucket(list({ acl: "${var.acl}" })) },
    {
      of: "a grantee by a variable",
      resource: bucket(
        list({
          access_control_policy: [{ grant: [{ permission: "READ", grantee: [{ uri: "${var.uri}" }] }] }],
        }),
      ),
    },
    {
      of: "a public policy with a flag by a variable",
      resource: bucket({ ...policy("s3:*"), ...block("restrict_public_buckets", "${var.on}") }),
    },
    {
      of: "a list of a bucket by a variable",
      resource: bucket({ aws_s3_bucket_acl: { acl: { bucket: "${var.b}" } } }),
    },
  ],
});

describeRule(rule("S3.3"), {
  compliant: [
    { of: "a policy that lets everyone read", resource: bucket(policy("s3:GetObject")) },
    { of: "a list that lets everyone read", resource: bucket(list({ acl: "public-read" })) },
    { of: "a grant to read", resource: bucket(grant("READ")) },
    {
      of: "a public policy that is blocked",
      resource: bucket({ ...policy("s3:Put*"), ...block("restrict_public_buckets") }),
    },
  ],
  nonCompliant: [
    { of: "a policy that lets everyone write", resource: bucket(policy("s3:PutObject")), path: POLICY },
    { of: "a policy that lets everyone delete", resource: bucket(policy("s3:DeleteObject*")), path: POLICY },
    { of: "a policy with every action", resource: bucket(policy("s3:*")), path: POLICY },
    {
      of: "a list that lets everyone write",
      resource: bucket(list({ acl: "public-read-write" })),
      path: CANNED,
    },
    { of: "a grant to write", resource: bucket(grant("WRITE_ACP")), path: GRANT },
    { of: "a grant of the bucket's own", resource: inlineGrant("FULL_CONTROL"), path: "grant.uri" },
  ],
  unknown: [{ of: "a list by a variable", resource: bucket({}, { acl: "${var.acl}" }) }],
});
