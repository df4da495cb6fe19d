import { isRecord, type JsonRecord, record } from "@landfall/terraform-graph";

export const listOf = (value: unknown): readonly JsonRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** An attribute of a resource that is planned. */
export interface Target {
  /** The resource's address, e.g. `module.store.aws_s3_bucket.b["x"]`. */
  readonly address: string;
  readonly attribute: string;
}

/** The part of a plan that a reference is looked up in: a module's call, or the whole. */
interface Module {
  readonly config: JsonRecord;
  /** What its resources' addresses begin with: `module.store["x"].`, or nothing. */
  readonly prefix: string;
  /** The index of the module's call, e.g. `x`. */
  readonly index: Index;
  readonly parent: Module | undefined;
  /** The arguments of its call. */
  readonly call: JsonRecord;
}

type Index = string | number | undefined;

/** A resource as it is written, with the module that it is in. */
export interface Written {
  readonly expressions: JsonRecord;
  readonly provider: unknown;
  /** The attribute that an expression refers to, where it can refer to one only. */
  readonly targetOf: (expression: unknown) => Target | undefined;
}

/** What a reference leads to: one attribute, what the plan knows in any case, or what it does not tell. */
type Led = Target | "known" | "hidden";

const MODULE = /^module\.([\w-]+)(?:\[("[^"]*"|\d+)\])?\.?/;
const RESOURCE = /^((?:data\.)?[A-Za-z_]\w*\.[\w-]+)(?:\[("(?:[^"\\]|\\.)*"|\d+)\])?(?:\.(\w+))?/;

/** The longest chain of modules and variables that is followed. */
const DEEPEST = 20;

const indexOf = (text: string | undefined): Index =>
  text === undefined ? undefined : (JSON.parse(text) as string | number);

/** Finds, for resources of a plan, what their arguments refer to: through variables and outputs of modules too. */
export class PlanReferences {
  private readonly root: Module;

  /** @param addresses the addresses of all planned resources */
  constructor(
    configuration: JsonRecord,
    private readonly addresses: ReadonlySet<string>,
  ) {
    this.root = {
      config: record(configuration.root_module),
      prefix: "",
      index: undefined,
      parent: undefined,
      call: {},
    };
  }

  /** @param planned a resource of `planned_values` */
  written(planned: JsonRecord): Written {
    const address = String(planned.address);
    let module = this.root;
    let rest = address;
    for (let match = MODULE.exec(rest); match !== null; match = MODULE.exec(rest)) {
      const [whole, name = "", index] = match;
      module = child(module, name, indexOf(index));
      rest = rest.slice(whole.length);
    }
    const bare = `${String(planned.type)}.${String(planned.name)}`;
    const resource = listOf(module.config.resources).find((each) => each.address === bare) ?? {};
    const own = planned.index as Index;
    return {
      expressions: record(resource.expressions),
      provider: resource.provider_config_key,
      targetOf: (expression) => this.only(expression, module, own, resource.for_each_expression, 0),
    };
  }

  private only(
    expression: unknown,
    module: Module,
    own: Index,
    forEach: unknown,
    depth: number,
  ): Target | undefined {
    const led = this.lead(expression, module, own, forEach, depth);
    return typeof led === "object" ? led : undefined;
  }

  /** What an expression leads to: hidden where it has several references, or one that can't be followed. */
  private lead(expression: unknown, module: Module, own: Index, forEach: unknown, depth: number): Led {
    const references = referencesOf(expression);
    if (references.length === 0) return "known";
    const isOwn = references.some((each) => /^(?:each|count)\./.test(each));
    const found = new Map<string, Led>();
    for (const reference of references) {
      const led =
        depth > DEEPEST
          ? "hidden"
          : this.follow(reference, module, isOwn ? own : undefined, own, forEach, depth);
      if (led === "hidden") return "hidden";
      if (led !== "known") found.set(`${led.address} ${led.attribute}`, led);
    }
    const [first = "known"] = found.values();
    return found.size > 1 ? "hidden" : first;
  }

  private follow(
    reference: string,
    module: Module,
    index: Index,
    own: Index,
    forEach: unknown,
    depth: number,
  ): Led {
    const [root, name = ""] = reference.split(/[.[]/);
    if (root === "path" || root === "terraform" || root === "count") return "known";
    if (root === "each") return name === "key" ? "known" : this.each(reference, module, own, forEach, depth);
    if (root === "var") return this.variable(name, module, depth);
    if (root === "module") return this.output(reference, module, own, depth);
    return root === "local" || root === "data" || root === "self"
      ? "hidden"
      : this.resource(reference, module, index);
  }

  /** `each.value.id` where the whole of a resource is walked through. */
  private each(reference: string, module: Module, own: Index, forEach: unknown, depth: number): Led {
    const [over, ...others] = referencesOf(forEach);
    if (over === undefined) return "known";
    const led = others.length === 0 ? this.follow(over, module, own, own, undefined, depth + 1) : "hidden";
    const attribute = /^each\.value\.(\w+)/.exec(reference)?.[1];
    return typeof led === "object" && attribute !== undefined ? { ...led, attribute } : "hidden";
  }

  /** A variable of the root is known to the plan; one of a module is what its call gives. */
  private variable(name: string, { parent, call, index }: Module, depth: number): Led {
    const given = record(call.expressions)[name];
    return parent === undefined || given === undefined
      ? "known"
      : this.lead(given, parent, index, call.for_each_expression, depth + 1);
  }

  private output(reference: string, module: Module, own: Index, depth: number): Led {
    const [whole = "", name = "", index] = MODULE.exec(reference) ?? [];
    const called = child(module, name, index === undefined ? undefined : indexOf(index));
    const [output = "", rest = ""] = split(reference.slice(whole.length));
    const { expression } = record(record(called.config.outputs)[output]);
    // What stands in brackets behind an output most likely chooses one of several of a resource.
    const key = /^\[("[^"]*"|\d+)\]/.exec(rest)?.[1];
    const references = referencesOf(expression);
    return key !== undefined && references.length === 1
      ? this.resource(String(references[0]), called, indexOf(key))
      : this.lead(expression, called, own, undefined, depth + 1);
  }

  private resource(reference: string, { prefix }: Module, index: Index): Led {
    const [, name = "", written, attribute = "id"] = RESOURCE.exec(reference) ?? [];
    const chosen = indexOf(written) ?? index;
    const candidates = [
      `${prefix}${name}`,
      ...(chosen === undefined ? [] : [`${prefix}${name}[${JSON.stringify(chosen)}]`]),
    ];
    const address = candidates.find((each) => this.addresses.has(each));
    return address === undefined ? "hidden" : { address, attribute };
  }
}

/** `name.rest` or `name["rest"]`: the name, and what follows it. */
const split = (path: string): readonly [string, string] => {
  const name = /^[\w-]+/.exec(path)?.[0] ?? "";
  return [name, path.slice(name.length)];
};

function child(module: Module, name: string, index: Index): Module {
  const call = record(record(module.config.module_calls)[name]);
  return {
    config: record(call.module),
    prefix: `${module.prefix}module.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}.`,
    index,
    parent: module,
    call,
  };
}

/** The references of an expression, without those that are only the beginning of another. */
function referencesOf(expression: unknown): readonly string[] {
  const { references } = record(expression);
  const all = Array.isArray(references) ? [...new Set(references.map(String))] : [];
  return all.filter(
    (each) =>
      !all.some((other) => other !== each && (other.startsWith(`${each}.`) || other.startsWith(`${each}[`))),
  );
}
