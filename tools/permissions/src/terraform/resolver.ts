import { Graph, isObject, providersIn, record, type TerraformJson } from "@landfall/terraform-graph";
import { computedIn } from "./computed";
import { type Element, isElement } from "./element";
import { listOf } from "./json";
import { known, textOf } from "./known";
import { type Instance, type ZoneAccount } from "./zone-files";

/** Types that permissions are about: another provider's resources have no account. */
const OF_AWS = /^(data\.)?aws_/;

/** Gives the values of a zone's elements, with every reference resolved: within an instance and across contracts. */
export class Resolver {
  private readonly graph: Graph;
  private readonly instances: ReadonlyMap<string, Instance>;

  /** @throws Error where an element names a provider that its instance does not configure, or it is not known how many it is */
  constructor(instances: readonly Instance[], accounts: readonly ZoneAccount[]) {
    this.instances = new Map(instances.map((instance) => [instance.name, instance]));
    this.graph = new Graph(
      { stacks: Object.fromEntries(instances.map((instance) => [instance.name, placed(instance)])) },
      computedIn(accounts),
    );
    for (const resource of this.graph.all.filter(({ type }) => OF_AWS.test(type))) {
      if (!isElement(resource)) {
        throw new Error(
          `${resource.label} must name a provider of its instance, got: ${String(resource.config.provider)}`,
        );
      }
      if (resource.uncertain)
        throw new Error(`${resource.label} must be multiplied by what is known before it is deployed`);
    }
  }

  /** The resources of a type. */
  ofType(type: string): readonly Element[] {
    return this.graph.ofType(type).filter(isElement);
  }

  /** The name of the stack that an element is of, e.g. `network`. */
  stack(element: Element): string {
    return this.instances.get(element.stack)?.stack ?? element.stack;
  }

  /**
   * An argument as it is configured.
   *
   * @returns `undefined` where it is left out
   * @throws Error naming the element and the reference that can't be resolved
   */
  optional(element: Element, argument: string): unknown {
    const value = this.graph.configured(element, argument);
    return value === undefined ? undefined : known(value, `'${argument}' of ${element.label}`);
  }

  /** Whether an argument is given: a value, or one block at least. */
  has(element: Element, argument: string): boolean {
    return listOf(this.graph.configured(element, argument)).length > 0;
  }

  /** An attribute, configured or computed, as text. @throws Error where it is none, or can't be resolved */
  text(element: Element, attribute: string): string {
    return textOf(this.graph.attribute(element, attribute), `'${attribute}' of ${element.label}`);
  }

  /** The tags of a resource: its own over those of its provider. */
  tags(element: Element): Readonly<Record<string, string>> {
    const what = `'tags' of ${element.label}`;
    const all = [
      this.graph.evaluate(element, this.defaultTags(element)),
      this.graph.configured(element, "tags"),
    ].flatMap((tags) => {
      const found = known(tags ?? null, what);
      return isObject(found) ? Object.entries(found) : [];
    });
    return Object.fromEntries(all.map(([key, value]) => [key, textOf(value, what)]));
  }

  /** What the element's provider puts on every resource, not evaluated. */
  private defaultTags({ stack, config }: Element): unknown {
    // Terraform takes `${aws.far}` for `aws.far`.
    const named = String(config.provider ?? "aws").replace(/^\$\{|\}$/g, "");
    const provider = providersIn(this.instances.get(stack)?.json ?? {}, "aws").find(
      ({ alias }) => named === (alias === undefined ? "aws" : `aws.${String(alias)}`),
    );
    return record(listOf(provider?.default_tags)[0]).tags;
  }
}

/** An instance's configuration, where a provider that does not tell its account or region works in the instance's. */
const placed = ({ json, account, region }: Instance): TerraformJson => ({
  ...json,
  provider: {
    aws: [{}, ...providersIn(json, "aws")].map((provider) => ({
      region,
      allowed_account_ids: [account],
      ...provider,
    })),
  },
});
