import { isList, Reference, Template, Unknown } from "@landfall/terraform-graph";
import { eachBlock, isSet, mustBeOneOf, mustBeTrue, render } from "../expect";
import { type PolicyStatement } from "../policy";
import { coversAction, isPublic } from "../public-access";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { ofCompanion, mayBeMore } from "./companions";
import { ofBucket, policiesOf } from "./s3-companions";

/** What a control forbids to everyone. */
interface Access {
  readonly word: "read" | "write";
  /** How the names of such actions start. */
  readonly actions: RegExp;
  /** Some of them, to see what a wildcard or a NotAction holds. */
  readonly examples: readonly string[];
  readonly cannedLists: readonly string[];
  readonly permissions: readonly string[];
}

const READ: Access = {
  word: "read",
  actions: /^s3:(?:get|list)/i,
  examples: [
    "s3:GetObject",
    "s3:GetObjectAcl",
    "s3:GetObjectTagging",
    "s3:GetObjectVersion",
    "s3:GetBucketAcl",
    "s3:GetBucketLocation",
    "s3:GetBucketPolicy",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
  ],
  cannedLists: ["public-read", "public-read-write", "authenticated-read"],
  permissions: ["READ", "READ_ACP", "FULL_CONTROL"],
};

const WRITE: Access = {
  word: "write",
  actions: /^s3:(?:put|delete|create|restore|replicate|abort)/i,
  examples: [
    "s3:AbortMultipartUpload",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:PutObjectTagging",
  ],
  cannedLists: ["public-read-write"],
  permissions: ["WRITE", "WRITE_ACP", "FULL_CONTROL"],
};

/** The groups of everyone, and of everyone with an AWS account. */
const PUBLIC_GROUP = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/;

const allows = (statement: PolicyStatement, { actions, examples }: Access): boolean =>
  statement.actions.some((action) => actions.test(action)) ||
  examples.some((action) => coversAction(statement, action));

/** What the bucket's policies allow everyone. */
const byPolicy = (bucket: Subject, access: Access): Verdict =>
  all(
    COMPLIANT,
    ...policiesOf(bucket).map(({ path, statements }) => {
      if (statements instanceof Unknown) return unknown(path, statements.reason);
      const open = statements.find((statement) => isPublic(statement) && allows(statement, access));
      return open === undefined
        ? COMPLIANT
        : nonCompliant(path, `${open.name} lets everyone ${access.word}`, "named principals");
    }),
  );

/** An access control list by its name. */
function byCannedList(view: View, { word, cannedLists }: Access): Verdict {
  const name = view.value("acl");
  if (name instanceof Unknown) return unknown(view.at("acl"), name.reason);
  if (name instanceof Reference || name instanceof Template) {
    return unknown(view.at("acl"), `${render(name)} is not known before the apply`);
  }
  return typeof name === "string" && cannedLists.includes(name)
    ? nonCompliant(view.at("acl"), render(name), `a list that lets nobody else ${word}, or none`)
    : COMPLIANT;
}

/** One grant of a list: its grantee stands beside the permissions, or in a block. */
function byGrant(grant: View, { word, permissions }: Access): Verdict {
  const inline = grant.value("permissions");
  const path = inline === null ? "grantee.uri" : "uri";
  const uri = grant.value(path);
  if (!isSet(uri)) return COMPLIANT;
  const granted = inline ?? grant.value("permission");
  const hidden = [uri, ...(isList(granted) ? granted : [granted])].find((value) => value instanceof Unknown);
  if (hidden instanceof Unknown) return unknown(grant.at(path), hidden.reason);
  const grants = permissions.some((each) => (isList(granted) ? granted.includes(each) : granted === each));
  return typeof uri === "string" && PUBLIC_GROUP.test(uri) && grants
    ? nonCompliant(grant.at(path), render(uri), `no grant that lets everyone ${word}`)
    : COMPLIANT;
}

/** What the bucket's access control lists allow everyone. */
function byAccessControlList(bucket: Subject, access: Access): Verdict {
  const { found, uncertain } = ofBucket(bucket, "aws_s3_bucket_acl");
  return all(
    byCannedList(bucket, access),
    eachBlock(bucket, "grant", (grant) => byGrant(grant, access), COMPLIANT),
    ...found.map((list) =>
      ofCompanion(
        list,
        all(
          byCannedList(list, access),
          eachBlock(
            list,
            "access_control_policy",
            (policy) => eachBlock(policy, "grant", (grant) => byGrant(grant, access), COMPLIANT),
            COMPLIANT,
          ),
        ),
      ),
    ),
    ...mayBeMore(uncertain),
  );
}

/** Whether a flag of the bucket's block of public access, or of its account's, is in the way. */
function blockedBy(bucket: Subject, subjects: Subjects, flag: string): readonly Verdict[] {
  const { found, uncertain } = ofBucket(bucket, "aws_s3_bucket_public_access_block");
  const ofAccount = subjects
    .ofType("aws_s3_account_public_access_block")
    .filter(({ resource }) => resource.account === bucket.resource.account);
  return [
    ...[...found, ...ofAccount].map((block) => ofCompanion(block, mustBeTrue(block, flag))),
    ...mayBeMore(uncertain),
  ];
}

/** Whether access control lists are off. */
const withoutLists = (bucket: Subject): readonly Verdict[] =>
  ofBucket(bucket, "aws_s3_bucket_ownership_controls").found.map((controls) =>
    ofCompanion(controls, mustBeOneOf(controls, "rule.object_ownership", ["BucketOwnerEnforced"])),
  );

const notPublic = (control: string, access: Access): ResourceRule => ({
  control,
  types: ["aws_s3_bucket"],
  judge: (bucket, subjects) =>
    all(
      any(byPolicy(bucket, access), ...blockedBy(bucket, subjects, "restrict_public_buckets")),
      any(
        byAccessControlList(bucket, access),
        ...blockedBy(bucket, subjects, "ignore_public_acls"),
        ...withoutLists(bucket),
      ),
    ),
});

export const s3PublicAccessRules: readonly ResourceRule[] = [
  /** S3.2: nobody in particular can read: neither by policy nor by access control list, or a block is in the way. */
  notPublic("S3.2", READ),
  /** S3.3: nor write. */
  notPublic("S3.3", WRITE),
];
