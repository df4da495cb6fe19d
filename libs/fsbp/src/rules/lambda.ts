import { Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { LAMBDA_RUNTIMES } from "../dated-list";
import { mustBeOneOf, render } from "../expect";
import { binds } from "../public-access";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { spansZones } from "./availability-zones";

/** The conditions of the statement that Lambda makes of a permission. */
const CONDITIONS = [
  { argument: "source_account", operator: "StringEquals", key: "aws:sourceaccount" },
  { argument: "source_arn", operator: "ArnLike", key: "aws:sourcearn" },
  { argument: "principal_org_id", operator: "StringEquals", key: "aws:principalorgid" },
  { argument: "event_source_token", operator: "StringEquals", key: "lambda:eventsourcetoken" },
] as const;

/** A bucket's ARN names no account: only the account shows whose bucket may invoke the function. */
const S3_CONDITIONS = CONDITIONS.filter(({ argument }) => argument === "source_account");

const S3 = /^s3\.amazonaws\.com(?:\.cn)?$/;

/**
 * Lambda.1: nobody outside of the account may invoke the function, and S3 only for a named account.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-public-access-prohibited.html
 */
const notPublic: ResourceRule = {
  control: "Lambda.1",
  types: ["aws_lambda_permission", "aws_lambda_function_url"],
  judge: (subject) =>
    subject.resource.type === "aws_lambda_function_url"
      ? mustBeOneOf(subject, "authorization_type", ["AWS_IAM"])
      : judgePermission(subject),
};

function judgePermission(permission: Subject): Verdict {
  const principal = permission.value("principal");
  const hidden = hiddenIn(principal);
  if (hidden) return unknown("principal", hidden.reason);
  if (typeof principal !== "string" && principal !== null) return COMPLIANT;
  const name = principal ?? "";
  if (S3.test(name)) {
    return any(
      ...S3_CONDITIONS.map((condition) => judgeCondition(permission, condition)),
      nonCompliant("source_account", render(permission.value("source_account")), "the account of the bucket"),
    );
  }
  if (name !== "" && !name.includes("*")) return COMPLIANT;
  return any(
    ...CONDITIONS.map((condition) => judgeCondition(permission, condition)),
    nonCompliant("principal", render(principal), "a named principal, or a fixed source"),
  );
}

/** Compliant where the argument binds the permission; nothing where it does not. */
function judgeCondition(
  permission: Subject,
  { argument, operator, key }: (typeof CONDITIONS)[number],
): Verdict {
  const value = permission.value(argument);
  const hidden = hiddenIn(value);
  if (hidden) return unknown(argument, hidden.reason);
  if (value === null || value === "") return NOT_APPLICABLE;
  const text = value instanceof Reference || value instanceof Template ? value : String(value);
  return binds({ operator, key, values: [text] }) ? COMPLIANT : NOT_APPLICABLE;
}

/** The part of a value that can't be known: it may be a wildcard. */
const hiddenIn = (value: Value): Unknown | undefined =>
  value instanceof Unknown
    ? value
    : value instanceof Template
      ? value.parts.find((part) => part instanceof Unknown)
      : undefined;

/** Lambda.2: the runtime is supported. Images and runtimes that are an operating system only bring their own. */
const supportedRuntime: ResourceRule = {
  control: "Lambda.2",
  types: ["aws_lambda_function"],
  judge: (lambda) => {
    const kind = mustBeOneOf(lambda, "package_type", ["Zip"], "Zip");
    if (kind.status === "unknown") return kind;
    const runtime = lambda.value("runtime");
    const ownRuntime = typeof runtime === "string" && /^provided(?:\.|$)/.test(runtime);
    return kind.status === "non-compliant" || ownRuntime
      ? NOT_APPLICABLE
      : mustBeOneOf(lambda, "runtime", LAMBDA_RUNTIMES.values);
  },
};

/** Lambda.5: a function in a VPC is in two availability zones. */
const twoZones: ResourceRule = {
  control: "Lambda.5",
  types: ["aws_lambda_function"],
  judge: (lambda, all) => {
    const blocks = lambda.blocks("vpc_config");
    if (blocks instanceof Unknown) return unknown("vpc_config", blocks.reason);
    const [vpc] = blocks;
    if (vpc === undefined) return NOT_APPLICABLE;
    const subnets = vpc.value("subnet_ids");
    // Empty lists take a function out of its VPC.
    return Array.isArray(subnets) && subnets.length === 0
      ? NOT_APPLICABLE
      : spansZones(all, vpc.at("subnet_ids"), subnets);
  },
};

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html */
export const lambdaRules: readonly ResourceRule[] = [notPublic, supportedRuntime, twoZones];
