import { type Computed, referTo } from "./computed";
import { dynamicBlocks, evaluate, generate, withGenerated } from "./evaluate";
import { copiesOf } from "./expand";
import { type ProviderPlace, providersOf } from "./providers";
import { type Resource } from "./resource";
import { type Declaration, declarationsIn, namedIn } from "./sections";
import { type Configuration, isRecord, record, type TerraformJson } from "./terraform-json";
import { type Accessor, isSplat, type Scope, traverse } from "./traverse";
import { isPlain, Missing, Unknown, type Value } from "./value";

/** The longest chain of references that is followed: Terraform has no limit, the stack of JavaScript has. */
const LONGEST_CHAIN = 150;

/** What a reference leads to, and the steps that are left to go in it. */
interface Referred {
  readonly value: Value;
  readonly rest: readonly Accessor[];
}

const only = (value: Value): Referred => ({ value, rest: [] });

/**
 * All resources of a set of stacks, and what their references come to: within a stack by address, across stacks through
 * the SSM parameters that carry contracts, each in its account and region. Values are evaluated when they are asked for,
 * each once.
 */
export class Graph {
  readonly all: readonly Resource[];
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;
  private readonly declared: ReadonlyMap<string, Declaration>;
  private readonly stacks: ReadonlyMap<string, Stack>;
  /** The copies of each declaration, once they are known. */
  private readonly copies = new Map<string, readonly Resource[]>();
  private parameters: ReadonlyMap<string, readonly Resource[]> | undefined;
  /** What is being evaluated: a value that needs itself is unknown. */
  private readonly pending = new Set<string>();
  private readonly attributes = new Map<string, Value>();
  private readonly arguments = new Map<Resource, Map<string, Value | undefined>>();

  /** @param computed what AWS or the provider fills in, where that is wanted; a reference by default */
  constructor(
    configuration: Configuration,
    private readonly computed: Computed = referTo,
  ) {
    const stacks = Object.entries(configuration.stacks);
    this.declared = new Map(
      stacks.flatMap(([stack, json]) =>
        declarationsIn(stack, json).map((each) => [labelOf(stack, each.type, each.name), each] as const),
      ),
    );
    this.stacks = new Map(stacks.map(([name, json]) => [name, this.stackOf(name, json)]));
    this.all = [...this.declared.keys()].flatMap((label) => this.copiesOf(label));
    this.byType = groupBy(this.all, ({ type }) => type);
  }

  /** The resources of a type, e.g. `aws_vpc`, or the data sources, e.g. `data.aws_region`. */
  ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /** Evaluates a raw value of a resource's configuration. */
  evaluate(resource: Resource, raw: unknown): Value {
    return evaluate(raw, this.scope(resource.stack, resource.variables));
  }

  /** An attribute: as it is configured, else as it can be derived, else a reference to what only AWS knows. */
  attribute(resource: Resource, name: string): Value {
    return this.once(
      `${resource.label}.${name}`,
      () => this.configured(resource, name) ?? this.computed(this, resource, name),
    );
  }

  /** An argument as it is configured: `undefined` where it is left out or null. */
  configured(resource: Resource, name: string): Value | undefined {
    const known = this.arguments.get(resource) ?? new Map<string, Value | undefined>();
    this.arguments.set(resource, known);
    if (known.has(name)) return known.get(name);
    const value = this.argument(resource, name);
    known.set(name, value);
    return value;
  }

  private argument(resource: Resource, name: string): Value | undefined {
    if (resource.type === "data.aws_ssm_parameter" && (name === "value" || name === "insecure_value")) {
      return this.parameter(resource);
    }
    const raw = resource.config[name];
    const value = raw === undefined || raw === null ? undefined : this.evaluate(resource, raw);
    const written = value === null ? undefined : value;
    const dynamic = dynamicBlocks(resource.config).filter((block) => block.name === name);
    return dynamic.reduce<Value | undefined>(
      (blocks, block) =>
        withGenerated(blocks, generate(block, this.scope(resource.stack, resource.variables))),
      written,
    );
  }

  /** Evaluates what has a name, once. What needs itself, or too long a chain of others, is not known. */
  private once(key: string, find: () => Value): Value {
    const known = this.attributes.get(key);
    if (known !== undefined) return known;
    if (this.pending.has(key)) return new Unknown(`${key} depends on itself`);
    if (this.pending.size >= LONGEST_CHAIN) {
      return new Unknown(`${key} is behind a chain of more than ${LONGEST_CHAIN} references`);
    }
    this.pending.add(key);
    try {
      const value = find();
      this.attributes.set(key, value);
      return value;
    } finally {
      this.pending.delete(key);
    }
  }

  private parameter(data: Resource): Value {
    const name = this.attribute(data, "name");
    if (typeof name !== "string") return new Unknown(`the name of ${data.label} is not known`);
    this.parameters ??= groupBy(this.ofType("aws_ssm_parameter"), (resource) =>
      parameterKey(resource, this.attribute(resource, "name")),
    );
    const owners = this.parameters.get(parameterKey(data, name)) ?? [];
    const [owner] = owners;
    const place = `in account ${data.account ?? "unknown"}, ${data.region ?? "unknown region"}`;
    if (!owner) return new Unknown(`no stack publishes '${name}' ${place}`);
    return owners.length > 1
      ? new Unknown(`'${name}' is published ${owners.length} times ${place}`)
      : this.attribute(owner, owner.config.insecure_value === undefined ? "value" : "insecure_value");
  }

  private scope(stack: string, variables: Readonly<Record<string, Value>>): Scope {
    return {
      variables,
      resolve: (root, accessors) => {
        if (root === "local") {
          return { value: this.local(stack, nameOf(accessors[0])), rest: accessors.slice(1) };
        }
        if (root === "var") {
          return { value: this.variable(stack, nameOf(accessors[0])), rest: accessors.slice(1) };
        }
        return this.refer(stack, root, accessors);
      },
    };
  }

  /** What `aws_vpc.Vpc.id`, `aws_subnet.Subnet["a"].id` or `data.aws_region.here.name` stands for. */
  private refer(stack: string, root: string, accessors: readonly Accessor[]): Referred {
    const isData = root === "data";
    const [type, name] = isData
      ? [`data.${nameOf(accessors[0])}`, nameOf(accessors[1])]
      : [root, nameOf(accessors[0])];
    const steps = accessors.slice(isData ? 2 : 1);
    const label = labelOf(stack, type, name);
    const declaration = this.declared.get(label);
    if (!declaration) return only(new Unknown(OUTSIDE[root] ?? `${stack} has no ${type}.${name}`));
    const copies = this.copiesOf(label);
    const [first, ...rest] = steps;
    const isSeveral = isMultiplied(declaration);
    if (isSplat(first)) {
      if (copies.some(({ uncertain }) => uncertain)) return only(notKnown(`${type}.${name}`));
      return { value: copies.map((copy) => this.whole(copy, rest)), rest: [] };
    }
    if (!isSeveral) return this.attributeOf(copies[0], steps);
    const index =
      first !== undefined && typeof first === "object" && "index" in first ? first.index : undefined;
    if (index instanceof Unknown) return only(index);
    if (index === undefined || !isPlain(index)) {
      return only(new Unknown(`${type}.${name} stands for all its copies`));
    }
    const copy = copies.find((each) => each.name === `${name}[${JSON.stringify(index)}]`);
    if (copy) return this.attributeOf(copy, rest);
    const address = `${type}.${name}[${JSON.stringify(index)}]`;
    return only(
      copies.some(({ uncertain }) => uncertain) ? notKnown(address) : new Missing(`there is no ${address}`),
    );
  }

  private whole(copy: Resource, steps: readonly Accessor[]): Value {
    const { value, rest } = this.attributeOf(copy, steps);
    return traverse(value, rest);
  }

  private attributeOf(resource: Resource | undefined, steps: readonly Accessor[]): Referred {
    const [step, ...rest] = steps;
    if (resource === undefined || step === undefined || typeof step === "string" || !("name" in step)) {
      return only(new Unknown(`${resource?.address ?? "a resource"} as a whole`));
    }
    return { value: this.attribute(resource, step.name), rest };
  }

  private local(stack: string, name: string): Value {
    const raw = this.stacks.get(stack)?.locals.get(name);
    return raw === undefined
      ? new Unknown(`${stack} has no local.${name}`)
      : this.once(`${stack}/local.${name}`, () => evaluate(raw, this.scope(stack, {})));
  }

  /** A variable is what it is by default, which Terraform takes as it is written: what else it may be is not known. */
  private variable(stack: string, name: string): Value {
    const { default: value } = record(this.stacks.get(stack)?.variables.get(name));
    return value === undefined ? new Unknown(`var.${name} is given at the apply`) : literal(value);
  }

  private stackOf(name: string, json: TerraformJson): Stack {
    let placeOf: Stack["placeOf"] | undefined;
    return {
      locals: namedIn(json, "locals"),
      variables: namedIn(json, "variable"),
      // Only now are there locals and variables to evaluate a provider's region with.
      placeOf: (provider) =>
        (placeOf ??= providersOf(json, (raw) => evaluate(raw, this.scope(name, {}))))(provider),
    };
  }

  /** The resources that a declaration stands for. */
  private copiesOf(label: string): readonly Resource[] {
    const known = this.copies.get(label);
    if (known) return known;
    const declaration = this.declared.get(label);
    if (!declaration) return [];
    const { stack, type, name, block } = declaration;
    const key = `${label} as a whole`;
    const isCircular = this.pending.has(key) || this.pending.size >= LONGEST_CHAIN;
    if (!isCircular) this.pending.add(key);
    try {
      const copies = copiesOf(block, (raw) =>
        isCircular ? new Unknown(`${label} depends on itself`) : evaluate(raw, this.scope(stack, {})),
      ).map(({ suffix, variables, uncertain }): Resource => {
        const { metadata: noted, ...beside } = record(block["//"]);
        const metadata = { ...beside, ...record(noted) };
        const address = typeof metadata.address === "string" ? metadata.address : `${type}.${name}${suffix}`;
        return {
          stack,
          type,
          name: `${name}${suffix}`,
          address,
          label: `${stack}/${address}`,
          ...this.placeOf(declaration, variables),
          config: block,
          variables,
          uncertain,
          metadata,
        };
      });
      if (!isCircular) this.copies.set(label, copies);
      return copies;
    } finally {
      if (!isCircular) this.pending.delete(key);
    }
  }

  /** Where a resource is: its provider's place, or the region that it names itself, as provider 6 allows. */
  private placeOf({ stack, type, block }: Declaration, variables: Scope["variables"]): ProviderPlace {
    const place = this.stacks.get(stack)?.placeOf(block.provider) ?? {
      account: undefined,
      region: undefined,
    };
    if (block.region === undefined || block.region === null || OTHER_REGION.has(type)) return place;
    const region = evaluate(block.region, this.scope(stack, variables));
    return { ...place, region: typeof region === "string" ? region : undefined };
  }
}

/** What a stack declares beside its resources. */
interface Stack {
  readonly locals: ReadonlyMap<string, unknown>;
  readonly variables: ReadonlyMap<string, unknown>;
  readonly placeOf: (provider: unknown) => ProviderPlace;
}

/** Types whose argument `region` is not where they are. */
const OTHER_REGION: ReadonlySet<string> = new Set(["aws_config_aggregate_authorization"]);

/** Roots of references that lead out of what the configuration holds. */
const OUTSIDE: Readonly<Record<string, string>> = {
  module: "a module's output is not known here",
  path: "where Terraform runs is not known here",
  terraform: "the workspace is not known here",
  each: "'each' stands for nothing here",
  count: "'count' stands for nothing here",
  self: "'self' is not known here",
  known_after_apply: "it is known only after the apply",
};

const isMultiplied = ({ block }: Declaration): boolean =>
  [block.count, block.for_each].some((argument) => argument !== undefined && argument !== null);

const labelOf = (stack: string, type: string, name: string): string => `${stack}/${type}.${name}`;

const notKnown = (what: string): Unknown => new Unknown(`${what} is not known before the apply`);

/** A value of JSON as it is: no text in it is an expression. */
function literal(raw: unknown): Value {
  if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.map(literal);
  return isRecord(raw)
    ? Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, literal(value)]))
    : null;
}

function nameOf(accessor: Accessor | undefined): string {
  if (accessor === undefined || typeof accessor === "string") return "";
  if ("name" in accessor) return accessor.name;
  return typeof accessor.index === "string" ? accessor.index : "";
}

const parameterKey = ({ account, region }: Resource, name: Value): string =>
  `${account ?? ""} ${region ?? ""} ${typeof name === "string" ? name : ""}`;

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
