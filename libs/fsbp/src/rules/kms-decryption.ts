import { Unknown } from "@landfall/terraform-graph";
import { type PolicyStatement, type PolicyText, statementsOf } from "../policy";
import { coversAction, matches } from "../public-access";
import { type ResourceRule } from "../rule";
import { all, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { isBoundary } from "./iam-boundaries";

/** What opens data that a key protects. */
const DECRYPTION = ["kms:Decrypt", "kms:ReEncryptFrom"] as const;

/** Keys that have nothing in common: what matches all of them matches every key. */
const REGIONS = ["us-east-1", "eu-central-2"];
const ACCOUNTS = ["000000000000", "999999999999"];
const KEYS = ["key/00000000-0000-4000-8000-000000000000", "key/ffffffff-ffff-4fff-bfff-ffffffffffff"];

const isWild = (part: string | undefined): boolean => part === undefined || /[*?]/.test(part);

/**
 * Whether a resource of a policy stands for all keys. All keys of one region and account are AWS's own example of what may
 * be allowed; all keys of an account in every region, or of a region in every account, are as open as `*`.
 */
function coversAllKeys(resource: PolicyText): boolean {
  // What only AWS knows is one key.
  if (typeof resource !== "string") return false;
  const [, , , region, account] = resource.split(":");
  if (!isWild(region) && !isWild(account)) return false;
  const regions = region === undefined || isWild(region) ? REGIONS : [region];
  const accounts = account === undefined || isWild(account) ? ACCOUNTS : [account];
  return regions.every((inRegion) =>
    accounts.every((ofAccount) =>
      KEYS.every((key) => matches(resource, `arn:aws:kms:${inRegion}:${ofAccount}:${key}`)),
    ),
  );
}

/** Whether a statement is about all keys. All keys but some are all keys, too. */
const isOfAllKeys = ({ resources, notResources }: PolicyStatement): boolean =>
  resources.some(coversAllKeys) || (notResources.length > 0 && !notResources.some(coversAllKeys));

/**
 * A policy lets nobody decrypt with all keys. As AWS does, conditions of an Allow are not looked at, and a Deny of all keys
 * takes back what is allowed; here only one without a condition does.
 */
function keepsToKeys(view: View, path: string): Verdict {
  const statements = statementsOf(view.value(path));
  if (statements instanceof Unknown) return unknown(view.at(path), statements.reason);
  const ofAllKeys = (statements ?? []).filter(isOfAllKeys);
  for (const action of DECRYPTION) {
    const covering = ofAllKeys.filter((statement) => coversAction(statement, action));
    const open = covering.find(({ effect }) => effect === "Allow");
    const isDenied = covering.some(({ effect, conditions }) => effect === "Deny" && conditions.length === 0);
    if (open !== undefined && !isDenied) {
      return nonCompliant(
        view.at(path),
        `${open.name} allows ${action} with all keys`,
        "the ARNs of the keys that are needed, or those of one region and account",
      );
    }
  }
  return COMPLIANT;
}

/** An `inline_policy` block may be empty: then it stands for no inline policies at all. */
function inlinePolicies(role: View): Verdict {
  const blocks = role.blocks("inline_policy");
  if (blocks instanceof Unknown) return unknown("inline_policy", blocks.reason);
  return all(NOT_APPLICABLE, ...blocks.map((block) => keepsToKeys(block, "policy")));
}

export const kmsDecryptionRules: readonly ResourceRule[] = [
  /** KMS.1: no managed policy, attached or not, allows to decrypt with all keys. Boundaries allow nothing, and don't count. */
  {
    control: "KMS.1",
    types: ["aws_iam_policy"],
    judge: (policy, subjects) =>
      isBoundary(policy, subjects) ? NOT_APPLICABLE : keepsToKeys(policy, "policy"),
  },
  /** KMS.2: no inline policy of a user, group or role does; a permission set's becomes a role's. */
  {
    control: "KMS.2",
    types: [
      "aws_iam_role_policy",
      "aws_iam_user_policy",
      "aws_iam_group_policy",
      "aws_iam_role",
      "aws_ssoadmin_permission_set_inline_policy",
    ],
    judge: (subject) => {
      switch (subject.resource.type) {
        case "aws_iam_role":
          return inlinePolicies(subject);
        case "aws_ssoadmin_permission_set_inline_policy":
          return keepsToKeys(subject, "inline_policy");
        default:
          return keepsToKeys(subject, "policy");
      }
    },
  },
];
