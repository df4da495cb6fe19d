import { COMPUTED, DATA, digestOf } from "./computed";
import { type Element, elementsOf, pathOf } from "./elements";
import { evaluate, follow } from "./evaluate";
import { parseTemplate } from "./expression";
import { isObject } from "./json";
import { type Instance, type ZoneAccount } from "./zone-files";

/** Gives the values of a zone's elements, with every reference resolved: within an instance and across contracts. */
export class Resolver {
  readonly elements: readonly Element[];
  private readonly byPath: ReadonlyMap<string, Element>;
  private readonly known = new Map<string, unknown>();
  private readonly asked = new Set<string>();
  private published: ReadonlyMap<string, Element> | undefined;

  constructor(
    instances: readonly Instance[],
    private readonly accounts: readonly ZoneAccount[],
  ) {
    this.elements = instances.flatMap(elementsOf);
    this.byPath = new Map(this.elements.map((element) => [pathOf(element), element]));
  }

  /** The resources of a type. */
  ofType(type: string): readonly Element[] {
    return this.elements.filter((element) => element.type === type && !element.address.startsWith("data."));
  }

  /**
   * An attribute, configured or computed.
   *
   * @returns `undefined` where the element does not configure it and its type does not compute it
   * @throws Error naming the element and the reference that can't be resolved
   */
  optional(element: Element, attribute: string): unknown {
    const path = `${pathOf(element)}.${attribute}`;
    if (this.known.has(path)) return this.known.get(path);
    if (this.asked.has(path)) throw new Error(`${path} must not depend on itself`);
    this.asked.add(path);
    try {
      const value = this.compute(element, attribute);
      this.known.set(path, value);
      return value;
    } finally {
      this.asked.delete(path);
    }
  }

  /** An attribute as text. @throws Error where it is none, or can't be resolved */
  text(element: Element, attribute: string): string {
    const value = this.optional(element, attribute);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return String(value);
    throw new Error(
      value === undefined
        ? `${pathOf(element)} has no value '${attribute}' that is known before it is deployed`
        : `'${attribute}' of ${pathOf(element)} must be a text, got: ${JSON.stringify(value)}`,
    );
  }

  /** The tags of a resource: its own over those of its provider. */
  tags(element: Element): Readonly<Record<string, string>> {
    const own = this.optional(element, "tags");
    const all = { ...element.defaultTags, ...(isObject(own) ? own : {}) };
    return Object.fromEntries(
      Object.entries(all).map(([key, value]) => [key, String(this.resolve(element, value))]),
    );
  }

  private compute(element: Element, attribute: string): unknown {
    const configured = element.config[attribute];
    if (configured !== undefined && configured !== null) return this.resolve(element, configured);
    if (element.address.startsWith("data.")) return this.readData(element, attribute);
    if (element.type === "aws_organizations_account" && attribute === "id") return this.accountId(element);
    return COMPUTED[element.type]?.[attribute]?.(this.source(element));
  }

  private source(element: Element) {
    const { account, region } = element;
    return {
      text: (attribute: string) => this.text(element, attribute),
      textOr: (attribute: string, fallback: string) =>
        this.optional(element, attribute) === undefined ? fallback : this.text(element, attribute),
      account,
      region,
      digest: digestOf(pathOf(element)),
    };
  }

  private readData(element: Element, attribute: string): unknown {
    if (element.type === "aws_ssm_parameter" && (attribute === "insecure_value" || attribute === "value")) {
      return this.text(this.publisher(element), "value");
    }
    return DATA[element.type]?.[attribute]?.(this.source(element));
  }

  /** The parameter that a contract's consumer reads: that of its name in the account and region of its provider. */
  private publisher(consumer: Element): Element {
    const at = (element: Element) => `${element.account} ${element.region} ${this.text(element, "name")}`;
    this.published ??= new Map(this.ofType("aws_ssm_parameter").map((element) => [at(element), element]));
    const found = this.published.get(at(consumer));
    if (found) return found;
    throw new Error(
      `no stack publishes the parameter ${this.text(consumer, "name")} in ${consumer.account}, ${consumer.region}, ` +
        `which ${pathOf(consumer)} reads`,
    );
  }

  /** The id of an account that the organization makes: the zone's account of its e-mail address or name. */
  private accountId(element: Element): string {
    const [email, name] = ["email", "name"].map((attribute) => this.optional(element, attribute));
    const found =
      this.accounts.find((account) => account.email !== undefined && account.email === email) ??
      this.accounts.find((account) => account.name === name);
    if (found) return found.id;
    throw new Error(
      `${pathOf(element)} must be an account of the zone, got: ${String(name)}, ${String(email)}`,
    );
  }

  private resolve(element: Element, value: unknown): unknown {
    if (typeof value === "string") {
      if (!value.includes("{")) return value;
      try {
        return evaluate(parseTemplate(value), (path) => this.refer(element, path));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`${pathOf(element)}: ${reason}`, { cause });
      }
    }
    if (Array.isArray(value)) return value.map((each) => this.resolve(element, each));
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, this.resolve(element, each)]),
      );
    }
    return value;
  }

  private refer(from: Element, path: readonly (string | number)[]): unknown {
    const parts = path[0] === "data" ? 3 : 2;
    const target = this.byPath.get(`${from.instance.name}/${path.slice(0, parts).join(".")}`);
    const attribute = path[parts];
    if (!target || typeof attribute !== "string") {
      throw new Error(`${path.join(".")} must be an attribute of an element of ${from.instance.name}`);
    }
    const value = follow(this.optional(target, attribute), path.slice(parts + 1));
    if (value === undefined) throw new Error(`${path.join(".")} is not known before it is deployed`);
    return value;
  }
}
