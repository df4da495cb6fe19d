import { computed } from "./computed";
import { evaluate } from "./evaluate";
import { providersOf } from "./providers";
import { type Resource } from "./resource";
import { type Accessor, type Scope } from "./traverse";
import { Unknown, type Value } from "./value";
import { type SynthesizedZone, type TerraformJson } from "./zone";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const record = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

/** The static names that a traversal starts with. */
const namesOf = (accessors: readonly Accessor[]): readonly string[] =>
  accessors.flatMap((accessor) =>
    accessor !== "splat" && "name" in accessor
      ? [accessor.name]
      : accessor !== "splat" && typeof accessor.index === "string"
        ? [accessor.index]
        : [],
  );

/**
 * All resources of a zone, and what their references come to: within a stack by address, across stacks through the
 * parameters that carry the contracts, each in its account and region.
 */
export class Resources {
  readonly all: readonly Resource[];
  private readonly byLabel: ReadonlyMap<string, Resource>;
  private readonly parameters: ReadonlyMap<string, readonly Resource[]>;
  /** What is being evaluated: a value that needs itself is unknown. */
  private readonly pending = new Set<string>();

  constructor(private readonly zone: SynthesizedZone) {
    this.all = Object.entries(zone.instances).flatMap(([stack, json]) => resourcesOf(stack, json));
    this.byLabel = new Map(this.all.map((resource) => [resource.label, resource]));
    const parameters = new Map<string, Resource[]>();
    for (const resource of this.ofType("aws_ssm_parameter")) {
      const name = this.attribute(resource, "name");
      if (typeof name !== "string") continue;
      const key = parameterKey(resource, name);
      parameters.set(key, [...(parameters.get(key) ?? []), resource]);
    }
    this.parameters = parameters;
  }

  ofType(type: string): readonly Resource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** The contract values with this name, e.g. `isolatedSubnetIds`, in every account and region that has one. */
  published(name: string): readonly Resource[] {
    return this.ofType("aws_ssm_parameter").filter((resource) => {
      const full = this.attribute(resource, "name");
      return typeof full === "string" && full.endsWith(`/${name}`);
    });
  }

  /** An attribute: as it is configured, else as it can be derived, else a reference to what only AWS knows. */
  attribute(resource: Resource, name: string): Value {
    const key = `${resource.label}.${name}`;
    if (this.pending.has(key)) return new Unknown(`${key} depends on itself`);
    this.pending.add(key);
    try {
      if (resource.type === "data.aws_ssm_parameter" && (name === "value" || name === "insecure_value")) {
        return this.parameter(resource);
      }
      const raw = resource.config[name];
      return raw === undefined || raw === null
        ? computed(this, resource, name)
        : evaluate(raw, this.scope(resource.stack));
    } finally {
      this.pending.delete(key);
    }
  }

  private parameter(data: Resource): Value {
    const name = this.attribute(data, "name");
    if (typeof name !== "string") return new Unknown(`the name of ${data.label} is not known`);
    const owners = this.parameters.get(parameterKey(data, name)) ?? [];
    const [owner] = owners;
    const place = `in account ${data.account ?? "unknown"}, ${data.region ?? "unknown region"}`;
    if (!owner) return new Unknown(`no stack of zone '${this.zone.name}' publishes '${name}' ${place}`);
    return owners.length > 1
      ? new Unknown(`'${name}' is published ${owners.length} times ${place}`)
      : this.attribute(owner, "value");
  }

  private scope(stack: string): Scope {
    return {
      variables: {},
      resolve: (root, accessors) => {
        const names = namesOf(accessors);
        if (root === "local") return { value: this.local(stack, names[0] ?? ""), rest: accessors.slice(1) };
        const data = root === "data";
        const type = data ? `data.${names[0] ?? ""}` : root;
        const skip = data ? 2 : 1;
        const [name = "", attribute] = names.slice(skip - 1);
        const address = `${type}.${name}`;
        const resource = this.byLabel.get(`${stack}/${address}`);
        if (!resource) return { value: new Unknown(`stack ${stack} has no ${address}`), rest: [] };
        const step = accessors[skip];
        if (attribute === undefined || step === undefined || step === "splat" || !("name" in step)) {
          return { value: new Unknown(`${address} stands for all its copies`), rest: [] };
        }
        return { value: this.attribute(resource, step.name), rest: accessors.slice(skip + 1) };
      },
    };
  }

  private local(stack: string, name: string): Value {
    const raw = record(this.zone.instances[stack]?.["locals"])[name];
    return raw === undefined
      ? new Unknown(`stack ${stack} has no local.${name}`)
      : evaluate(raw, this.scope(stack));
  }
}

const parameterKey = ({ account, region }: Resource, name: string): string =>
  `${account ?? ""} ${region ?? ""} ${name}`;

function resourcesOf(stack: string, json: TerraformJson): readonly Resource[] {
  const providers = providersOf(json);
  const section = (key: string, prefix: string) =>
    Object.entries(record(json[key])).flatMap(([type, byName]) =>
      Object.entries(record(byName)).map(([name, value]): Resource => {
        const config = record(value);
        return {
          stack,
          type: `${prefix}${type}`,
          name,
          ...providers(config["provider"]),
          config,
          label: `${stack}/${prefix}${type}.${name}`,
        };
      }),
    );
  return [...section("resource", ""), ...section("data", "data.")];
}
