import { type PolicyCondition, type PolicyStatement } from "./policy";

/** Condition keys whose fixed values bind a request to known accounts, resources or networks. */
const BINDING_KEYS = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:username",
  "kms:calleraccount",
  "kms:viaservice",
  "lambda:eventsourcetoken",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "sns:endpoint",
]);

/** Operators that bind: equality, likeness and address ranges, not their negations. */
const BINDING_OPERATOR =
  /^(?:ForAnyValue:|ForAllValues:)?(?:String|Arn|Numeric)(?:Equals|EqualsIgnoreCase|Like)$|^IpAddress$/;

/** An address range that holds every address, or nearly. */
const WIDE_RANGE = /^(?:0\.0\.0\.0|::)\/0$|^\d+\.\d+\.\d+\.\d+\/[0-7]$/;

/**
 * Whether a condition restricts who may use a statement, as AWS's controls count it: a key that binds to accounts, resources
 * or networks, with fixed values. Wildcards and policy variables do not count.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function binds({ operator, key, values }: PolicyCondition): boolean {
  if (!BINDING_KEYS.has(key) || !BINDING_OPERATOR.test(operator) || values.length === 0) return false;
  return values.every((value) => {
    // What only AWS knows is one resource of the configuration.
    if (typeof value !== "string") return true;
    if (key === "aws:sourceip") return !WIDE_RANGE.test(value);
    if (value.includes("${")) return false;
    // The account in an ARN binds, whatever follows it.
    return key.endsWith("arn")
      ? /^arn:[^*?]+:\d{12}(?::|$)/.test(value) || !/[*?]/.test(value)
      : !/[*?]/.test(value);
  });
}

/** Whether a statement lets everyone in: it allows, to all principals, and no condition binds it. */
export const isPublic = (statement: PolicyStatement): boolean =>
  statement.effect === "Allow" &&
  (statement.notPrincipal ||
    statement.principals.some(({ type, id }) => id === "*" && (type === "*" || type === "AWS"))) &&
  !statement.conditions.some(binds);

/** Whether an IAM pattern with `*` and `?` matches a text, without case. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(text);
}

/** Whether a statement's actions cover an action, e.g. `s3:PutObject`. */
export const coversAction = ({ actions, notActions }: PolicyStatement, action: string): boolean =>
  actions.some((pattern) => matches(pattern, action)) ||
  (notActions.length > 0 && !notActions.some((pattern) => matches(pattern, action)));
