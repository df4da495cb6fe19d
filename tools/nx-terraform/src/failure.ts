import { LandfallError } from "@landfall/core";

import { describeStateLock, parseStateLock } from "./guards/state-lock";
import type { Diagnostic } from "./ui-stream";

/** The lines of TypeScript that made a resource, the author's first, e.g. `stacks/network/src/stack.ts:31`. */
export type SourceLines = (address: string) => readonly string[];

/** What a failure is told with. */
export interface FailureContext {
  /** The zone's name. */
  readonly zone: string;
  /** The stack's short name. */
  readonly stack: string;
  /** Where the whole output is, relative to the workspace. */
  readonly log: string;
  readonly sourceLines: SourceLines;
}

/** The most errors that one failure lists, and the most characters that it repeats of each. */
const LISTED = 5;
const QUOTED = 400;

const indent = "    ";

/**
 * What went wrong in a Terraform command, for a person: each error with its resource, what the provider said, and the
 * lines of TypeScript to look at.
 */
export function explainFailure(
  what: string,
  diagnostics: readonly Diagnostic[],
  context: FailureContext,
): LandfallError {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const known = errors.map((error) => knownFailure(error, context)).find((line) => line !== undefined);
  const lines =
    known === undefined ? errors.slice(0, LISTED).flatMap((error) => describe(error, context)) : [known];
  if (known === undefined && errors.length > LISTED) lines.push(`and ${errors.length - LISTED} more`);
  if (errors.length === 0) lines.push("Terraform ended without saying why");
  return new LandfallError(
    [`${what} failed: ${lines[0] ?? ""}`, ...lines.slice(1), `log: ${context.log}`].join(`\n${indent}`),
  );
}

function describe({ address, summary, detail }: Diagnostic, { sourceLines }: FailureContext): string[] {
  const said = shortened([summary, detail].filter((text) => text !== "").join(": "));
  if (address === undefined) return [said];
  return [`${address}: ${said}`, ...sourceLines(address).map((line) => `  at ${line}`)];
}

/** Leaves out what the AWS SDK wraps each error in, and keeps it to one line. */
export function shortened(text: string): string {
  const plain = text
    .replace(/operation error [^,]+, (?:exceeded maximum number of attempts, \d+, )?/g, "")
    .replace(/https response error StatusCode: \d+, RequestID: [^,]*,(?: HostID: [^,]*,)? ?/g, "")
    .replace(/\bapi error /g, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > QUOTED ? `${plain.slice(0, QUOTED)}…` : plain;
}

/** Failures whose next step is known: a pattern of what Terraform says, and what to tell the user. */
const knownFailures: readonly {
  readonly says: RegExp;
  readonly tell: (said: string, context: FailureContext) => string;
}[] = [
  { says: /Error acquiring the state lock/, tell: lockHeld },
  {
    says: /ExpiredToken|token (?:included in the request is|has) expired|security token.*expired|Token is expired|SSO session .*expired/i,
    tell: (_said, { zone }) => `the AWS session for zone ${zone} has expired: sign in again`,
  },
  {
    says: /Cannot assume IAM Role|not authorized to perform: sts:AssumeRole/i,
    tell: roleRefused,
  },
  {
    says: /No valid credential sources|failed to refresh cached credentials|no valid providers in chain/i,
    tell: (_said, { zone }) =>
      `no AWS credentials for zone ${zone}: sign in, or set AWS_PROFILE, and run it again`,
  },
  {
    says: /S3 bucket "[^"]*" does not exist|NoSuchBucket/,
    tell: (_said, { zone }) =>
      `the bucket for the states of zone ${zone} is not there yet: an administrator makes it with \`npm run bootstrap -- --zone ${zone}\``,
  },
  {
    says: /AWS account ID not allowed/i,
    tell: (said, { zone }) =>
      `these AWS credentials are not for zone ${zone}: ${/AWS account ID not allowed[^\n]*/i.exec(said)?.[0] ?? ""}`,
  },
  {
    says: /doesn't match any of the checksums|does not match any of the checksums/i,
    tell: () =>
      "the provider on this machine is not one that .terraform.lock.hcl allows: add this platform with `terraform providers lock`, or use the registry",
  },
  {
    says: /locked provider .* does not match configured version constraint|changes to the provider dependencies|Inconsistent dependency lock file|provider dependency changes detected/i,
    tell: () =>
      "the synthesized JSON asks for providers that .terraform.lock.hcl does not pin: move the lock as tools/nx-terraform/README.md says, or synthesize again",
  },
  {
    says: /Failed to query available provider packages|could not (?:connect to|query provider) registry|Failed to install provider|Invalid provider registry host/i,
    tell: (said) =>
      `the provider can't be had, neither from a mirror on this machine nor from the registry: connect to the network, or make a mirror with \`terraform providers mirror ~/.terraform.d/plugins\` (${reasonOf(said)})`,
  },
];

function knownFailure({ summary, detail }: Diagnostic, context: FailureContext): string | undefined {
  const said = `${summary}\n${detail}`;
  // Terraform breaks its sentences into lines.
  return knownFailures.find(({ says }) => says.test(said.replace(/\s+/g, " ")))?.tell(said, context);
}

/** Why a provider is not to be had, without the sentences around it. */
const reasonOf = (said: string): string =>
  shortened(said)
    .replace(/^.*? for provider \S+: /, "")
    .replace(/ To see which modules .*$/, "");

function lockHeld(said: string, { zone, stack }: FailureContext): string {
  const held = parseStateLock(said);
  const unlock = `npx nx unlock ${stack} --configuration=${zone}`;
  if (held === undefined)
    return `the state is locked: wait for that run to end, and see who holds it with ${unlock}`;
  return `the state is ${describeStateLock(held)}: wait for that run to end; if it is dead: ${unlock} --id=${held.id}`;
}

/** The role of which Terraform says that it can't be assumed, with what AWS says. */
function roleRefused(said: string, { zone }: FailureContext): string {
  const role = /arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(said)?.[0] ?? "the role";
  const reason = /api error (\w+)/.exec(said)?.[1];
  const missing = `if the role is not there yet, an administrator makes it with \`npm run bootstrap -- --zone ${zone}\``;
  return `AWS refuses to assume ${role}${reason === undefined ? "" : ` (${reason})`}: the credentials' own policies must allow sts:AssumeRole on it; ${missing}`;
}

/** Reads the errors of a command that prints text, such as `terraform init`. */
export const parseTextErrors = (text: string): Diagnostic[] =>
  text
    .split(/^(?=Error: )/m)
    .filter((part) => part.startsWith("Error: "))
    .map((part) => {
      const [summary = "", ...detail] = part.slice("Error: ".length).split("\n");
      return { severity: "error", summary, detail: detail.join("\n").trim(), address: undefined };
    });
