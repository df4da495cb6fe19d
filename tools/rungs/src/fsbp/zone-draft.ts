import { type Configuration, isRecord, record, type TerraformJson } from "@landfall/terraform-graph";

/** Arguments of a resource, to be changed. */
export type Arguments = Record<string, unknown>;

/** Resources by type and name, as Terraform JSON writes them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Arguments>>>>>;

/** Tells the resource that is meant by its arguments. */
export type Where = (given: Readonly<Arguments>) => boolean;

/** A resource, where it stands. */
interface Place {
  readonly stack: string;
  readonly name: string;
}

const any: Where = () => true;

/**
 * A zone's Terraform JSON, to be changed: a stack is copied once something in it is, and the zone itself stays as it is.
 * Where several resources are of a type, what was added is meant, else the zone's first. What is not there throws, so that
 * no mutation passes for one that changes nothing.
 */
export class ZoneDraft {
  private readonly copies = new Map<string, TerraformJson>();
  private readonly added = new Map<string, Place[]>();

  /** @param written what is written for a value that is set. @default the value */
  constructor(
    private readonly zone: Configuration,
    private readonly written: (value: unknown) => unknown = (value) => value,
  ) {}

  /** The zone as it has become. */
  get configuration(): Configuration {
    return { stacks: { ...this.zone.stacks, ...Object.fromEntries(this.copies) } };
  }

  /** Adds resources to the zone's first network, so that they can refer to its subnets. */
  add(resources: Resources): void {
    const { stack } = this.place("aws_vpc", any);
    for (const [type, named] of Object.entries(resources)) {
      const ofType = this.ofType(stack, type);
      for (const [name, given] of Object.entries(named)) {
        ofType[name] = structuredClone(given);
        this.added.set(type, [{ stack, name }, ...(this.added.get(type) ?? [])]);
      }
    }
  }

  /** References to resources of a type in the zone's first network, e.g. `${aws_subnet.Subnet-a.id}`. */
  references(type: string, attribute: string): readonly string[] {
    const { stack } = this.place("aws_vpc", any);
    return Object.keys(named(this.stack(stack), type)).map((name) => `\${${type}.${name}.${attribute}}`);
  }

  /** Sets an argument by its path, e.g. `rule.0.status`; one that becomes `undefined` is left out. */
  set(type: string, path: string, value: unknown, where = any): void {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const block = keys.reduce((each, key) => inner(each, key, `${type}.${path}`), this.find(type, where));
    if (value === undefined && !(last in block)) throw new Error(`${type} has no ${path} to be left out`);
    const written = this.written(value);
    if (written === undefined) Reflect.deleteProperty(block, last);
    else block[last] = written;
  }

  /** Adds to the end of a list. */
  append(type: string, path: string, item: unknown, where = any): void {
    const keys = path.split(".");
    const list = keys.reduce((each, key) => inner(each, key, `${type}.${path}`), this.find(type, where));
    if (!Array.isArray(list)) throw new Error(`${type} has no list ${path}`);
    list.push(item);
  }

  /** Adds a statement to a resource's policy. */
  allow(type: string, statement: object, where = any): void {
    const given = this.find(type, where);
    const policy = JSON.parse(String(given.policy)) as { readonly Statement: readonly object[] };
    const allowed = { Sid: "Added", Effect: "Allow", ...statement };
    given.policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, allowed] });
  }

  remove(type: string, where = any): void {
    const { stack, name } = this.place(type, where);
    Reflect.deleteProperty(this.ofType(stack, type), name);
    this.added.set(
      type,
      (this.added.get(type) ?? []).filter((each) => each.name !== name),
    );
  }

  /** The arguments of a resource. */
  find(type: string, where = any): Arguments {
    const { stack, name } = this.place(type, where);
    const given = this.ofType(stack, type)[name];
    if (!given) throw new Error(`${stack} has no ${type}.${name}`);
    return given;
  }

  private place(type: string, where: Where): Place {
    const [added] = this.added.get(type) ?? [];
    if (added) return added;
    for (const stack of Object.keys(this.zone.stacks)) {
      const name = Object.entries(named(this.stack(stack), type)).find(([, given]) => where(record(given)));
      if (name) return { stack, name: name[0] };
    }
    throw new Error(`the zone has no such ${type}`);
  }

  private stack(name: string): TerraformJson {
    return this.copies.get(name) ?? this.zone.stacks[name] ?? {};
  }

  /** The resources of a type of a stack, in its copy. */
  private ofType(stack: string, type: string): Record<string, Arguments> {
    const copy: TerraformJson = this.copies.get(stack) ?? structuredClone(this.stack(stack));
    this.copies.set(stack, copy);
    const types = copy.resource as Record<string, Record<string, Arguments>>;
    return (types[type] ??= {});
  }
}

const named = (stack: TerraformJson, type: string): Readonly<Record<string, unknown>> =>
  record(record(stack.resource)[type]);

/** A block or a list in a block or a list. */
function inner(block: Arguments, key: string, path: string): Arguments {
  const found = block[key];
  if (!isRecord(found) && !Array.isArray(found)) throw new Error(`there is no ${key} in ${path}`);
  return found as Arguments;
}
