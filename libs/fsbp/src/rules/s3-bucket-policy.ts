import { Reference, Template, Unknown } from "@landfall/terraform-graph";
import { type PolicyStatement, type PolicyText } from "../policy";
import { coversAction, matches } from "../public-access";
import { missing } from "../related";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { policiesOf } from "./s3-companions";

const EVERYONE = "*";

/** Whether a statement refuses everyone every action without TLS, and nothing else bounds it. */
function refusesWithoutTls({ effect, principals, actions, conditions }: PolicyStatement): boolean {
  const [condition, ...others] = conditions;
  return (
    effect === "Deny" &&
    principals.some(({ type, id }) => id === EVERYONE && (type === "*" || type === "AWS")) &&
    actions.some((action) => /^(?:s3:)?\*+$/i.test(action)) &&
    others.length === 0 &&
    condition?.key === "aws:securetransport" &&
    /^Bool(?:IfExists)?$/.test(condition.operator) &&
    condition.values.every((value) => String(value).toLowerCase() === "false")
  );
}

/** Stands for what another resource is called: no pattern of a policy holds it. */
const ANOTHER = "\0";

/** A resource of a bucket's policy as text: what refers to the bucket stands for its name. */
function resourceText(bucket: Subject, name: string, resource: PolicyText): string {
  const parts = resource instanceof Template ? resource.parts : [resource];
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      if (!(part instanceof Reference) || part.resource !== bucket.resource) return ANOTHER;
      return part.attribute === "arn" ? `arn:aws:s3:::${name}` : name;
    })
    .join("")
    .replace(/^arn:aws[\w-]*:/, "arn:aws:");
}

const WANTED_TLS =
  'a Deny of s3:* to "*" on the bucket and its objects where aws:SecureTransport is false, and nothing else';

/** S3.5: the bucket's policy refuses what does not come over TLS. */
const asksForTls: ResourceRule = {
  control: "S3.5",
  types: ["aws_s3_bucket"],
  judge: (bucket) => {
    const given = bucket.value("bucket");
    const name = typeof given === "string" ? given : "the-bucket";
    const policies = policiesOf(bucket);
    if (policies.length === 0) return missing(bucket, "aws_s3_bucket_policy", "bucket", WANTED_TLS);
    return any(
      ...policies.map(({ path, statements }) => {
        if (statements instanceof Unknown) return unknown(path, statements.reason);
        const refused = statements
          .filter(refusesWithoutTls)
          .flatMap(({ resources }) => resources.map((each) => resourceText(bucket, name, each)));
        const missed = [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/object`].some(
          (arn) => !refused.some((pattern) => matches(pattern, arn)),
        );
        return missed ? nonCompliant(path, "requests without TLS are not refused", WANTED_TLS) : COMPLIANT;
      }),
    );
  },
};

/** What changes who gets at the bucket's data. */
const SENSITIVE_ACTIONS = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutEncryptionConfiguration",
  "s3:PutObjectAcl",
] as const;

/** The account of a principal's id; `undefined` where it can't be told. */
function accountOf(id: PolicyText): string | undefined {
  if (id instanceof Reference) return id.resource.account;
  const text = typeof id === "string" ? id : String(id.parts[0] ?? "");
  return /^\d{12}$/.test(text) ? text : /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(text)?.[1];
}

/** Whether a principal is of another account than the bucket: not applicable to what is of no account, as services. */
function ofOtherAccount(
  bucket: Subject,
  { type, id }: PolicyStatement["principals"][number],
): "yes" | "no" | "unknown" {
  if (id === EVERYONE) return "yes";
  if (type === "Service" || type === "Federated") return "no";
  if (id instanceof Reference && id.resource.stack === bucket.resource.stack) {
    const isSameProvider = id.resource.config.provider === bucket.resource.config.provider;
    if (isSameProvider) return "no";
  }
  const account = accountOf(id);
  if (account === undefined || bucket.resource.account === undefined) return "unknown";
  return account === bucket.resource.account ? "no" : "yes";
}

/** Judges one statement: as AWS does, by its principals alone, whatever its conditions are. */
function keepsToAccount(bucket: Subject, path: string, statement: PolicyStatement): Verdict {
  const action = SENSITIVE_ACTIONS.find((each) => coversAction(statement, each));
  if (statement.effect !== "Allow" || action === undefined) return COMPLIANT;
  const others = statement.principals.map((principal) => ofOtherAccount(bucket, principal));
  if (statement.notPrincipal || others.includes("yes")) {
    return nonCompliant(
      path,
      `${statement.name} allows ${action} to another account`,
      "principals of the bucket's own account",
    );
  }
  return others.includes("unknown")
    ? unknown(path, `whose account ${statement.name} allows ${action} to can't be told`)
    : COMPLIANT;
}

/** S3.6: the bucket's policy gives other accounts no say in who gets at its data. */
const keepsSensitiveActions: ResourceRule = {
  control: "S3.6",
  types: ["aws_s3_bucket"],
  judge: (bucket) => {
    const policies = policiesOf(bucket);
    if (policies.length === 0) return NOT_APPLICABLE;
    return all(
      ...policies.map(({ path, statements }) =>
        statements instanceof Unknown
          ? unknown(path, statements.reason)
          : all(COMPLIANT, ...statements.map((statement) => keepsToAccount(bucket, path, statement))),
      ),
    );
  },
};

export const s3BucketPolicyRules: readonly ResourceRule[] = [asksForTls, keepsSensitiveActions];
