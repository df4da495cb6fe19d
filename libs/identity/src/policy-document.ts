/** Who a statement is about. `"*"` is everyone: only ever with a condition, or in a denial. */
export type Principal =
  | "*"
  | {
      readonly AWS?: string | readonly string[];
      readonly Service?: string | readonly string[];
      readonly Federated?: string;
    };

/** Condition operator → condition key → values, e.g. `{Bool: {"aws:SecureTransport": "false"}}`. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

type Texts = string | readonly string[];

/** What is done: these actions or, mostly in denials, all but these. */
type Actions =
  | { readonly Action: Texts; readonly NotAction?: never }
  | { readonly NotAction: Texts; readonly Action?: never };

/** What it is done to: these resources or, in denials, all but these. Left out only in trust policies. */
type Resources =
  | { readonly Resource?: Texts; readonly NotResource?: never }
  | { readonly NotResource: Texts; readonly Resource?: never };

/**
 * One statement of an IAM policy, in AWS's own spelling.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export type Statement = {
  /** Says what the statement is for: letters and digits. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** Only in resource and trust policies. */
  readonly Principal?: Principal;
  readonly Condition?: Conditions;
} & Actions &
  Resources;

/** An IAM policy document as Terraform takes it: JSON that may hold tokens. */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Lets an AWS service assume a role. */
export const serviceTrust = (service: string): string =>
  policyDocument([
    { Sid: "Service", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
  ]);

/** Denies every request that does not come over TLS, for the policy of a bucket, queue or topic. */
export const denyInsecureTransport = (action: string, resources: readonly string[]): Statement => ({
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: action,
  Resource: resources,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
