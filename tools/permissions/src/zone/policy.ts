import { isRecord, type JsonRecord } from "@landfall/terraform-graph";
import { listOf, parseObject } from "../terraform/json";

/** Which wall a policy is part of. */
export type PolicyKind = "identity" | "boundary" | "scp" | "resource";

/** A statement of a policy document, in AWS's own spelling. */
export type PolicyStatement = JsonRecord & { readonly Sid: string; readonly Effect: string };

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

/** A policy of a zone with what names it in reports. */
export interface Policy {
  /** The policy's name in AWS; of a resource policy the resource's. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/**
 * Reads a policy document. A statement without a Sid gets one from its place, e.g. `Statement3`, so that results can
 * name it.
 *
 * @throws Error naming `what` where it is no policy document
 */
export function parsePolicy(name: string, text: string, what: string): Policy {
  const { Version, Statement } = parseObject(text, what);
  const statements = listOf(Statement);
  if (typeof Version !== "string" || statements.length === 0 || !statements.every(isRecord)) {
    throw new Error(`${what} must be a policy document, got: ${text.slice(0, 80)}`);
  }
  return {
    name,
    document: {
      Version,
      Statement: statements.map((statement, index) => ({
        ...statement,
        Sid: typeof statement.Sid === "string" ? statement.Sid : `Statement${index + 1}`,
        Effect: String(statement.Effect),
      })),
    },
  };
}

const allowAll = (name: string): Policy => ({
  name,
  document: {
    Version: "2012-10-17",
    Statement: [{ Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" }],
  },
});

/**
 * The policy of a key that is made without one: all policies of its account decide.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const defaultKeyPolicy = (name: string, account: string): Policy => ({
  name,
  document: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DefaultKeyPolicy",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  },
});

/** What AWS attaches to the root, every unit and every account of an organization. */
export const FULL_ACCESS = allowAll("FullAWSAccess");

/** The managed policies of AWS that may be used; what any other allows is not known here. */
const AWS_MANAGED: Readonly<Record<string, Policy>> = {
  "arn:aws:iam::aws:policy/AdministratorAccess": allowAll("AdministratorAccess"),
};

/** @throws Error where it is an AWS managed policy whose content is not known here */
export function awsManagedPolicy(arn: string, user: string): Policy | undefined {
  if (!arn.startsWith("arn:aws:iam::aws:policy/")) return undefined;
  const found = AWS_MANAGED[arn];
  if (!found) throw new Error(`unknown managed policy ${arn}, attached to ${user}`);
  return found;
}
