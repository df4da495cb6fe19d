import {
  type Graph,
  isList,
  Reference,
  type Resource,
  Template,
  Unknown,
  type Value,
} from "@landfall/terraform-graph";
import { type View, viewOf } from "./view";

/** A resource as rules look at it. Only what is configured is seen: what AWS fills in is `null`, as what is left out. */
export interface Subject extends View {
  readonly resource: Resource;

  /**
   * The resources of a type that belong to this one: whose attribute refers to it, or names it by the text of one of its
   * own attributes. Where the attribute is a list, one of its elements is enough.
   *
   * @param by the other's attribute, e.g. `bucket`
   * @param names this one's attributes by whose text the other may name it, e.g. `["bucket"]`
   */
  related(type: string, by: string, names?: readonly string[]): Related;

  /** The resource that an attribute refers to. */
  target(path: string): Subject | Unknown | undefined;
}

/** Resources that belong to another one. */
export interface Related {
  readonly found: readonly Subject[];
  /** Why there may be more of them than were found; `undefined` when all are known. */
  readonly uncertain: Unknown | undefined;
}

/** The resources of a type by what one of their attributes names: each is looked up, not searched for. */
interface Owners {
  readonly byResource: ReadonlyMap<Resource, readonly number[]>;
  readonly byText: ReadonlyMap<string, readonly number[]>;
  readonly uncertain: Unknown | undefined;
}

/** The resources of a configuration as rules look at them, each viewed once. */
export class Subjects {
  private readonly views = new Map<Resource, Subject>();
  private readonly types = new Map<string, readonly Subject[]>();
  private readonly owners = new Map<string, Owners>();
  private uncertainCompanion: Resource | undefined;

  constructor(readonly graph: Graph) {}

  /** Every resource of a type. */
  ofType(type: string): readonly Subject[] {
    const known = this.types.get(type);
    if (known) return known;
    const subjects = this.graph.ofType(type).map((resource) => this.of(resource));
    this.types.set(type, subjects);
    return subjects;
  }

  of(resource: Resource): Subject {
    const known = this.views.get(resource);
    if (known) return known;
    const view = viewOf((name) => this.graph.configured(resource, name) ?? null);
    const subject: Subject = {
      ...view,
      resource,
      related: (type, by, names = []) => this.related(subject, type, by, names),
      target: (path) => this.targetOf(view.value(path)),
    };
    this.views.set(resource, subject);
    return subject;
  }

  /** The resource that a value refers to; an Unknown where the value is not known. */
  targetOf(value: Value): Subject | Unknown | undefined {
    if (value instanceof Reference) return this.of(value.resource);
    return value instanceof Unknown ? value : undefined;
  }

  /** A companion that `judge` was given though it may not be there, since its `count` is not known. */
  uncertainCompanionOf(judge: () => void): Resource | undefined {
    this.uncertainCompanion = undefined;
    judge();
    return this.uncertainCompanion;
  }

  private related(subject: Subject, type: string, by: string, names: readonly string[]): Related {
    const { resource } = subject;
    const { byResource, byText, uncertain } = this.ownersOf(type, by);
    const indices = new Set(byResource.get(resource));
    for (const name of names) {
      const own = subject.value(name);
      if (typeof own !== "string") continue;
      for (const index of byText.get(textKey(resource, own)) ?? []) indices.add(index);
    }
    const candidates = this.ofType(type);
    const found = [...indices].sort((a, b) => a - b).flatMap((index) => candidates[index] ?? []);
    this.uncertainCompanion ??= found.find((each) => each.resource.uncertain)?.resource;
    return { found, uncertain };
  }

  private ownersOf(type: string, by: string): Owners {
    const key = `${type} ${by}`;
    const known = this.owners.get(key);
    if (known) return known;
    const byResource = new Map<Resource, number[]>();
    const byText = new Map<string, number[]>();
    let uncertain: Unknown | undefined;
    this.ofType(type).forEach((other, index) => {
      const value = other.value(by);
      for (const each of isList(value) ? value : [value]) {
        if (each instanceof Unknown) uncertain ??= each;
        else if (typeof each === "string") add(byText, textKey(other.resource, each), index);
        else for (const resource of referredBy(each)) add(byResource, resource, index);
      }
    });
    const owners = { byResource, byText, uncertain };
    this.owners.set(key, owners);
    return owners;
  }
}

/** A text names a resource of the same account and region. */
const textKey = ({ account, region }: Resource, text: string): string => `${account} ${region} ${text}`;

function referredBy(value: Value): readonly Resource[] {
  if (value instanceof Reference) return [value.resource];
  return value instanceof Template
    ? value.parts.flatMap((part) => (part instanceof Reference ? [part.resource] : []))
    : [];
}

function add<K>(map: Map<K, number[]>, key: K, index: number): void {
  const indices = map.get(key);
  if (indices === undefined) map.set(key, [index]);
  else if (indices.at(-1) !== index) indices.push(index);
}
