import {
  fromJson,
  isList,
  isObject,
  Reference,
  Template,
  Unknown,
  type Value,
  type ValueObject,
} from "@landfall/terraform-graph";

/** A text in a policy that may hold what only AWS knows, e.g. `${aws_s3_bucket.B.arn}/*`. */
export type PolicyText = string | Reference | Template;

/** A statement of a policy, each part as a list. */
export interface PolicyStatement {
  /** `statement 3` where it has no Sid. */
  readonly name: string;
  readonly effect: string;
  /** Type and identifier, e.g. `{ type: "Service", id: "s3.amazonaws.com" }`; `{ type: "*", id: "*" }` is everyone. */
  readonly principals: readonly { readonly type: string; readonly id: PolicyText }[];
  readonly notPrincipal: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly PolicyText[];
  readonly notResources: readonly PolicyText[];
  readonly conditions: readonly PolicyCondition[];
}

export interface PolicyCondition {
  /** e.g. `StringEquals` */
  readonly operator: string;
  /** In lower case: condition keys have no case. */
  readonly key: string;
  readonly values: readonly PolicyText[];
}

/**
 * The statements of a policy document: JSON text, or what `jsonencode` makes.
 *
 * @returns `null` where there is no policy; an Unknown where it can't be known, or is no policy
 */
export function statementsOf(policy: Value): readonly PolicyStatement[] | Unknown | null {
  if (policy === null || policy === "") return null;
  if (policy instanceof Unknown) return policy;
  if (policy instanceof Reference) return new Unknown("the policy is not known before the apply");
  const document = fromJson(policy);
  if (document instanceof Unknown) return document;
  if (!isObject(document)) return new Unknown("the policy is no JSON object");
  const unknownPart = findUnknown(document);
  if (unknownPart) return unknownPart;
  const statements: PolicyStatement[] = [];
  for (const statement of listOf(document.Statement ?? null).filter(isObject)) {
    const read = statementOf(statement, statements.length);
    if (read instanceof Unknown) return read;
    statements.push(read);
  }
  return statements;
}

function statementOf(statement: ValueObject, index: number): PolicyStatement | Unknown {
  const {
    Sid: sid,
    Effect: effect = "Allow",
    Action: action = null,
    NotAction: notAction = null,
  } = statement;
  // What is allowed can be told only where all of this is plain; a resource may be what only AWS knows.
  if ([effect, ...listOf(action), ...listOf(notAction)].some((part) => typeof part !== "string")) {
    return new Unknown("an action of the policy is not known before the apply");
  }
  return {
    name: typeof sid === "string" && sid !== "" ? sid : `statement ${index + 1}`,
    effect: String(effect),
    principals: principalsOf(statement.Principal ?? null),
    notPrincipal: statement.NotPrincipal !== undefined,
    actions: listOf(action).map(String),
    notActions: listOf(notAction).map(String),
    resources: textsOf(statement.Resource ?? null),
    notResources: textsOf(statement.NotResource ?? null),
    conditions: conditionsOf(statement.Condition ?? null),
  };
}

function findUnknown(value: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof Template) return value.parts.find((part) => part instanceof Unknown);
  if (!isList(value) && !isObject(value)) return undefined;
  for (const item of isList(value) ? value : Object.values(value)) {
    const found = findUnknown(item);
    if (found) return found;
  }
  return undefined;
}

const listOf = (value: Value): readonly Value[] => (value === null ? [] : isList(value) ? value : [value]);

const textsOf = (value: Value): readonly PolicyText[] =>
  listOf(value).map((item) => (item instanceof Reference || item instanceof Template ? item : String(item)));

function principalsOf(principal: Value): PolicyStatement["principals"] {
  if (principal === null) return [];
  if (!isObject(principal)) return [{ type: "*", id: "*" }];
  return Object.entries(principal).flatMap(([type, ids]) => textsOf(ids).map((id) => ({ type, id })));
}

function conditionsOf(condition: Value): readonly PolicyCondition[] {
  if (condition === null || !isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: textsOf(values),
        }))
      : [],
  );
}
