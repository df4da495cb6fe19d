import { LandfallError, type Problem } from "@landfall/core";
import { AddressSet } from "../address-set";
import {
  isList,
  isObject,
  Reference,
  type Resource,
  Template,
  Unknown,
  type Value,
  type ValueObject,
} from "@landfall/terraform-graph";
import { type Resources } from "../terraform/resources";
import { type PortRange, type Traffic } from "./types";

/** A resource, or a block inside of one: where its values are read from. */
export interface Block {
  readonly resource: Resource;
  /** The way to the block, e.g. `vpc_config.`; empty for the resource itself. */
  readonly path: string;
  /** The values of a block; `undefined` for the resource itself. */
  readonly values?: ValueObject;
}

const EVERY_PORT: PortRange = { first: 0, last: 65_535 };

/** The words for what stands in the way of a value. */
const reasonOf = (value: Value): string | undefined => {
  if (value instanceof Unknown) return value.reason;
  if (value instanceof Reference) return `${value.resource.label}.${value.attribute} is known to AWS alone`;
  if (value instanceof Template) return value.parts.map(reasonOf).find((reason) => reason !== undefined);
  return undefined;
};

/**
 * Reads the arguments that the network is made of. What can't be resolved is noted, never taken for nothing: a reference
 * that leads nowhere would make everything behind it look unreachable.
 */
export class Reader {
  /** By where and what: an argument may be read more than once. */
  private readonly problems = new Map<string, Problem>();

  constructor(readonly resources: Resources) {}

  /** @throws LandfallError naming everything that could not be read */
  assertResolved(zone: string): void {
    if (this.problems.size > 0) {
      throw new LandfallError(`The network of zone '${zone}' can't be resolved:`, [
        ...this.problems.values(),
      ]);
    }
  }

  /** The resources of a type, each as a block. */
  blocksOfType(type: string): readonly Block[] {
    return this.resources.ofType(type).map((resource) => {
      if (resource.uncertain) {
        const argument = resource.config["count"] === undefined ? "for_each" : "count";
        this.problem(
          { resource, path: "" },
          argument,
          "known: how many of it there are decides over the network",
        );
      }
      return { resource, path: "" };
    });
  }

  /** Notes that an argument is not what it must be. */
  problem(block: Block, name: string, allowed: string): void {
    const raw = block.path === "" ? block.resource.config[name] : block.values?.[name];
    const given = raw instanceof Reference || raw instanceof Unknown ? undefined : raw;
    const path = [block.resource.label, `${block.path}${name}`].filter(Boolean).join(".");
    this.problems.set(`${path} ${allowed}`, { path, given, allowed });
  }

  /** Whether the argument is given. */
  has(block: Block, name: string): boolean {
    const value = block.values ? block.values[name] : block.resource.config[name];
    return (
      value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
    );
  }

  /** The blocks with a name, e.g. each `ingress` of a security group. One block may be written as an object. */
  blocks(block: Block, name: string): readonly Block[] {
    if (!this.has(block, name)) return [];
    const value = this.value(block, name);
    const items = isList(value) ? value : [value];
    return items.flatMap((item, index): Block[] => {
      if (isObject(item)) {
        const path = isList(value) ? `${name}[${index}].` : `${name}.`;
        return [{ resource: block.resource, path: `${block.path}${path}`, values: item }];
      }
      this.problem(block, name, `a block${because(item)}`);
      return [];
    });
  }

  text(block: Block, name: string): string | undefined {
    const value = this.given(block, name);
    if (value === undefined || typeof value === "string") return value;
    if (typeof value === "number") return String(value);
    this.problem(block, name, `a text${because(value)}`);
    return undefined;
  }

  texts(block: Block, name: string): readonly string[] {
    return this.list(block, name).flatMap((value) => {
      if (typeof value === "string") return [value];
      this.problem(block, name, `a list of texts${because(value)}`);
      return [];
    });
  }

  number(block: Block, name: string): number | undefined {
    const value = this.given(block, name);
    const number = typeof value === "string" && value !== "" ? Number(value) : value;
    if (number === undefined || (typeof number === "number" && !Number.isNaN(number))) return number;
    this.problem(block, name, `a number${because(number)}`);
    return undefined;
  }

  boolean(block: Block, name: string): boolean | undefined {
    const value = this.given(block, name);
    if (value === undefined || typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    this.problem(block, name, `true or false${because(value)}`);
    return undefined;
  }

  /** The addresses of one CIDR block; none where the argument is left out. */
  block(block: Block, name: string): AddressSet {
    return this.addresses(block, name, this.text(block, name) ?? "");
  }

  /** The addresses of a list of CIDR blocks. */
  cidrs(block: Block, name: string): AddressSet {
    return this.texts(block, name)
      .map((cidr) => this.addresses(block, name, cidr))
      .reduce((all, addresses) => all.union(addresses), AddressSet.none);
  }

  /** A reference to a resource of one of the types. @param types e.g. `aws_vpc`, or with an attribute `aws_vpc.main_route_table_id` */
  reference(block: Block, name: string, types: readonly string[]): Reference | undefined {
    const value = this.given(block, name);
    return value === undefined ? undefined : this.asReference(block, name, value, types);
  }

  references(block: Block, name: string, types: readonly string[]): readonly Reference[] {
    return this.list(block, name).flatMap((value) => this.asReference(block, name, value, types) ?? []);
  }

  /** The protocol and the ports of a rule. @param protocolName `protocol` or `ip_protocol` */
  traffic(block: Block, protocolName: string): Traffic {
    const protocol = (this.text(block, protocolName) ?? "-1").toLowerCase();
    if (protocol === "-1" || protocol === "all") return { protocol: "all", ports: EVERY_PORT };
    const known = { tcp: "tcp", "6": "tcp", udp: "udp", "17": "udp" } as const;
    const name = Object.entries(known).find(([key]) => key === protocol)?.[1];
    if (name === undefined) return { protocol: "other", ports: EVERY_PORT };
    const first = this.number(block, "from_port") ?? EVERY_PORT.first;
    const last = this.number(block, "to_port") ?? EVERY_PORT.last;
    return { protocol: name, ports: first < 0 || last < 0 ? EVERY_PORT : { first, last } };
  }

  private addresses(block: Block, name: string, cidr: string): AddressSet {
    if (cidr === "") return AddressSet.none;
    try {
      return AddressSet.of(cidr);
    } catch {
      this.problem(block, name, "an IPv4 or IPv6 CIDR block");
      return AddressSet.none;
    }
  }

  private asReference(
    block: Block,
    name: string,
    value: Value,
    types: readonly string[],
  ): Reference | undefined {
    if (value instanceof Reference) {
      const { type } = value.resource;
      if (types.includes(type) || types.includes(`${type}.${value.attribute}`)) return value;
    }
    this.problem(
      block,
      name,
      `a reference to ${types.join(" or ")} of the zone${
        value instanceof Reference ? ` (it is ${value.resource.label}.${value.attribute})` : because(value)
      }`,
    );
    return undefined;
  }

  private list(block: Block, name: string): readonly Value[] {
    const value = this.given(block, name);
    if (value === undefined) return [];
    if (isList(value)) return value;
    this.problem(block, name, `a list${because(value)}`);
    return [];
  }

  /** The value of an argument that is given. */
  private given(block: Block, name: string): Value | undefined {
    return this.has(block, name) ? this.value(block, name) : undefined;
  }

  private value(block: Block, name: string): Value {
    return block.values ? (block.values[name] ?? null) : this.resources.attribute(block.resource, name);
  }
}

const because = (value: Value): string => {
  const reason = reasonOf(value);
  return reason === undefined ? "" : ` (${reason})`;
};
