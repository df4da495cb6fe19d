import { type Graph } from "./graph";
import { fromJson, toJson } from "./json-text";
import { type Resource } from "./resource";
import { concatenate, isList, isObject, Template, Unknown, type Value } from "./value";

const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

/** `&{aws:username}` is how a document writes IAM's own variables, which Terraform must not take for its own. */
function withVariables(value: Value): Value {
  if (typeof value === "string") return value.replaceAll("&{", "${");
  if (isList(value)) return value.map(withVariables);
  return value instanceof Template
    ? concatenate(value.parts.map((part) => (typeof part === "string" ? withVariables(part) : part)))
    : value;
}

/** The nested blocks of a name: an Unknown where one of them is. */
function blocksOf(value: Value | undefined): readonly Readonly<Record<string, Value>>[] | Unknown {
  const blocks: Readonly<Record<string, Value>>[] = [];
  for (const block of listOf(value)) {
    if (!isObject(block)) return block instanceof Unknown ? block : new Unknown("a block is not known");
    blocks.push(block);
  }
  return blocks;
}

/** Values under texts as keys, e.g. identifiers by type: those of the same key together. */
function grouped(entries: readonly (readonly [Value | undefined, Value])[]): Record<string, Value> | Unknown {
  const groups: Record<string, Value[]> = {};
  for (const [key, values] of entries) {
    if (key instanceof Unknown) return key;
    if (typeof key !== "string") return new Unknown("a part of the statement is not known");
    if (values instanceof Unknown) return values;
    (groups[key] ??= []).push(...listOf(values).map(withVariables));
  }
  return groups;
}

function principalsOf(value: Value | undefined): Value | undefined {
  const blocks = blocksOf(value);
  if (blocks instanceof Unknown) return blocks;
  if (blocks.length === 0) return undefined;
  const types = grouped(blocks.map(({ type, identifiers = [] }) => [type, identifiers] as const));
  // `type = "*"` is everyone, whoever they sign in with.
  return !(types instanceof Unknown) && "*" in types ? "*" : types;
}

function conditionsOf(value: Value | undefined): Value | undefined {
  const blocks = blocksOf(value);
  if (blocks instanceof Unknown) return blocks;
  const tests = new Map<string, (readonly [Value | undefined, Value])[]>();
  for (const { test, variable, values = [] } of blocks) {
    if (typeof test !== "string")
      return test instanceof Unknown ? test : new Unknown("a condition is not known");
    tests.set(test, [...(tests.get(test) ?? []), [variable, values]]);
  }
  if (tests.size === 0) return undefined;
  return Object.fromEntries([...tests].map(([test, entries]) => [test, grouped(entries)]));
}

/** A statement as IAM writes it, of a `statement` block. */
function statementOf(block: Value): Value {
  if (!isObject(block)) return block;
  const texts = (value: Value | undefined) => (value === undefined ? undefined : withVariables(value));
  const entries: readonly (readonly [string, Value | undefined])[] = [
    ["Sid", block.sid],
    ["Effect", block.effect ?? "Allow"],
    ["Principal", principalsOf(block.principals)],
    ["NotPrincipal", principalsOf(block.not_principals)],
    ["Action", block.actions],
    ["NotAction", block.not_actions],
    ["Resource", texts(block.resources)],
    ["NotResource", texts(block.not_resources)],
    ["Condition", conditionsOf(block.condition)],
  ];
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined && entry[1] !== null),
  );
}

/** Adds statements: one with the Sid of an earlier one takes its place. */
function overlay(earlier: readonly Value[], later: readonly Value[]): readonly Value[] {
  const sidOf = (statement: Value): Value | undefined =>
    isObject(statement) && statement.Sid !== "" ? statement.Sid : undefined;
  const replaced = new Set(later.map(sidOf).filter((sid) => sid !== undefined));
  return [...earlier.filter((statement) => !replaced.has(sidOf(statement) ?? null)), ...later];
}

/**
 * The JSON of an `aws_iam_policy_document`, with the documents that it builds on and those that override it.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentOf(graph: Graph, resource: Resource): Value {
  const statementsOf = (name: string): readonly Value[] | Unknown => {
    const statements: Value[] = [];
    for (const document of listOf(graph.configured(resource, name))) {
      const parsed = document === "" ? {} : fromJson(document);
      if (!isObject(parsed)) {
        const reason = parsed instanceof Unknown ? parsed.reason : "it is no JSON object";
        return new Unknown(`a policy that ${resource.label} builds on is not known: ${reason}`);
      }
      statements.push(...listOf(parsed.Statement));
    }
    return statements;
  };
  const sources = statementsOf("source_policy_documents");
  if (sources instanceof Unknown) return sources;
  const overrides = statementsOf("override_policy_documents");
  if (overrides instanceof Unknown) return overrides;
  const own = listOf(graph.configured(resource, "statement")).map(statementOf);
  return toJson({ Version: "2012-10-17", Statement: overlay(overlay(sources, own), overrides) });
}
