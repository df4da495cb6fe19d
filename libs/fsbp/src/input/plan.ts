import { LandfallError } from "@landfall/core";
import { isRecord, type JsonRecord, record, type TerraformJson } from "@landfall/terraform-graph";
import { listOf, PlanReferences, type Written } from "./plan-references";

/** Whether JSON is what `terraform show -json <plan>` prints. */
export const isPlan = (json: unknown): json is JsonRecord =>
  isRecord(json) && typeof json.format_version === "string" && isRecord(json.planned_values);

/** What is not known before the apply, and is no reference to one attribute. */
const UNKNOWN = "${known_after_apply.value}";

/** A planned resource on its way to configuration. */
interface Planned {
  readonly address: string;
  readonly type: string;
  readonly values: JsonRecord;
  readonly unknown: JsonRecord;
  readonly written: Written;
}

/**
 * A plan as the configuration that it comes to: what is known is written out; of what only AWS knows, the reference is kept
 * where there can be but one, so that resources are still related to each other. What is not written and not known is what
 * AWS fills in, and is left out.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 * @throws LandfallError when the plan has failed: it holds a part of the resources only
 */
export function configurationOf(plan: JsonRecord): TerraformJson {
  if (plan.errored === true) throw new LandfallError("the plan has failed, so it is not whole: plan again");
  const planned = plannedOf(plan);
  const byAddress = new Map(planned.map((each) => [each.address, each]));
  /** Attributes that others refer to and AWS has filled in: they are references, as they were before the first apply. */
  const filledIn = new Map<string, Set<string>>();
  const arguments_ = planned.map((each) => ({
    ...each,
    config: merged(each.values, each.unknown, each.written.expressions, (expression, known) => {
      const target = each.written.targetOf(expression);
      const owner = target && byAddress.get(target.address);
      if (target === undefined || owner === undefined) return known;
      if (known !== undefined) {
        const { values, written } = owner;
        if (values[target.attribute] !== known || target.attribute in written.expressions) return known;
        filledIn.set(target.address, (filledIn.get(target.address) ?? new Set()).add(target.attribute));
      }
      return `\${${owner.type}[${JSON.stringify(target.address)}].${target.attribute}}`;
    }),
  }));
  const resource: Record<string, Record<string, JsonRecord>> = {};
  for (const { address, type, config, written } of arguments_) {
    const own = Object.entries(config).filter(([name]) => !filledIn.get(address)?.has(name));
    (resource[type] ??= {})[address] = {
      ...Object.fromEntries(own),
      provider: providerName(String(written.provider)),
      "//": { metadata: { address } },
    };
  }
  return { resource, provider: providersOf(plan) };
}

function plannedOf(plan: JsonRecord): readonly Planned[] {
  const unknowns = new Map(
    listOf(plan.resource_changes).map((change) => [
      String(change.address),
      record(record(change.change).after_unknown),
    ]),
  );
  const resources = resourcesIn(record(record(plan.planned_values).root_module)).filter(
    ({ mode }) => mode !== "data",
  );
  const references = new PlanReferences(
    record(plan.configuration),
    new Set(resources.map(({ address }) => String(address))),
  );
  return resources.map((resource) => ({
    address: String(resource.address),
    type: String(resource.type),
    values: record(resource.values),
    unknown: unknowns.get(String(resource.address)) ?? {},
    written: references.written(resource),
  }));
}

const resourcesIn = (module: JsonRecord): readonly JsonRecord[] => [
  ...listOf(module.resources),
  ...listOf(module.child_modules).flatMap(resourcesIn),
];

/** Gives the reference that stands for a value: for a known text, or for one that is not known. */
type Refer = (expression: unknown, known: string | undefined) => string | undefined;

/** The arguments of one block: known values escaped, unknown ones as a reference or as what is not known. */
function merged(values: JsonRecord, unknown: JsonRecord, written: JsonRecord, refer: Refer): JsonRecord {
  const names = new Set([...Object.keys(values), ...Object.keys(unknown)]);
  return Object.fromEntries(
    [...names]
      // What is neither written nor known is what AWS fills in.
      .filter((name) => unknown[name] !== true || written[name] !== undefined)
      .map((name) => [name, mergedValue(values[name], unknown[name], written[name], refer)]),
  );
}

function mergedValue(value: unknown, unknown: unknown, written: unknown, refer: Refer): unknown {
  if (unknown === true) return refer(written, undefined) ?? UNKNOWN;
  if (typeof value === "string") {
    const reference = written === undefined ? value : (refer(written, value) ?? value);
    // A plain text of a plan is no template.
    return reference === value ? value.replace(/[$%](?=\{)/g, (mark) => mark + mark) : reference;
  }
  if (Array.isArray(value)) {
    const hidden: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
    return value.map((item: unknown, index) =>
      mergedValue(
        item,
        hidden[index],
        isExpression(written) ? written : blockFor(item, written, value.length),
        refer,
      ),
    );
  }
  if (!isRecord(value)) return value;
  if (isExpression(written) || !isRecord(written)) return mergedBlock(value, record(unknown), written, refer);
  return merged(value, record(unknown), written, refer);
}

/** A block that a `dynamic` block or an expression makes: what is not known in it may be written there. */
const mergedBlock = (values: JsonRecord, unknown: JsonRecord, written: unknown, refer: Refer): JsonRecord =>
  Object.fromEntries(
    [...new Set([...Object.keys(values), ...Object.keys(unknown)])].map((name) => [
      name,
      mergedValue(values[name], unknown[name], written, refer),
    ]),
  );

/** `{ "references": […] }` or `{ "constant_value": … }`: the value of an argument, not a block's arguments. */
const isExpression = (written: unknown): written is JsonRecord =>
  isRecord(written) && (Array.isArray(written.references) || "constant_value" in written);

/**
 * The block that was written for a planned one. A set's blocks are in another order in a plan than where they are written,
 * so that one is found by its constants; where several fit, none is.
 */
function blockFor(item: unknown, written: unknown, count: number): unknown {
  const blocks = listOf(written);
  if (blocks.length === 1 && count === 1) return blocks[0];
  const fitting = blocks.filter((block) =>
    Object.entries(block).every(
      ([name, expression]) =>
        !(isRecord(expression) && "constant_value" in expression) ||
        JSON.stringify(expression.constant_value) === JSON.stringify(record(item)[name]),
    ),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** A provider by the key that a resource names it by: `aws`, `aws.west`, or `module.store:aws` for a module's own. */
const providerName = (key: string): string => (/^aws(?:\.|$)/.test(key) ? key : `aws.${key}`);

/** The providers' regions and accounts, as far as the plan's configuration and variables tell. */
function providersOf(plan: JsonRecord): JsonRecord {
  const configured = Object.entries(record(record(plan.configuration).provider_config)).filter(
    ([, config]) => record(config).name === "aws",
  );
  const valueOf = (expression: unknown): unknown => {
    const { constant_value: constant, references } = record(expression);
    const [only, ...others] = Array.isArray(references) ? references.map(String) : [];
    const variable = others.length === 0 ? /^var\.([\w-]+)$/.exec(only ?? "")?.[1] : undefined;
    return variable === undefined ? constant : record(record(plan.variables)[variable]).value;
  };
  return {
    aws: configured.map(([key, config]) => {
      const { region, allowed_account_ids: allowed, assume_role: roles } = record(record(config).expressions);
      const [role] = listOf(roles);
      return {
        ...(key === "aws" ? {} : { alias: providerName(key).slice("aws.".length) }),
        region: valueOf(region),
        allowed_account_ids: valueOf(allowed),
        ...(role === undefined ? {} : { assume_role: [{ role_arn: valueOf(role.role_arn) }] }),
      };
    }),
  };
}
