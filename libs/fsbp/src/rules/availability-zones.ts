import { isList, Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { render } from "../expect";
import { type Subject, type Subjects } from "../subject";
import { COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";

/** A zone under one kind of name: `eu-west-1a`, `euw1-az1` and `names[0]` can't be compared with each other. */
interface Zone {
  readonly kind: string;
  readonly name: string;
}

const WANTED = "subnets in two availability zones or more";

/** The zones of a region by their order, e.g. `${data.aws_availability_zones.here.names[0]}`. */
const BY_ORDER = /^\$\{(data\.aws_availability_zones\.[\w-]+\.(?:names|zone_ids))\[(\d+|count\.index)\]\}$/;

/**
 * Judges whether subnets are in two availability zones: by the subnets of the configuration, in whatever stack they are.
 *
 * @param path the attribute that lists them
 * @param subnets a list of references or ids; a literal id tells no zone
 */
export function spansZones(all: Subjects, path: string, subnets: Value): Verdict {
  if (subnets === null) return nonCompliant(path, "no subnets", WANTED);
  if (!isList(subnets)) return unknown(path, reasonOf(subnets));
  const distinct = distinctOf(subnets.flat());
  // Whichever subnet it is, it is in one zone.
  if (distinct.length < 2)
    return nonCompliant(path, distinct.length === 0 ? "no subnets" : "one subnet", WANTED);
  return judgeZones(
    path,
    distinct.map((subnet) =>
      subnet instanceof Reference ? zoneOf(all.of(subnet.resource)) : unknowable(subnet),
    ),
  );
}

/** Judges zones that are given by name. */
export function areTwoZones(path: string, zones: Value): Verdict {
  if (!isList(zones)) return unknown(path, reasonOf(zones));
  return judgeZones(
    path,
    distinctOf(zones).map((zone) =>
      typeof zone === "string" ? { kind: "name", name: zone } : unknowable(zone),
    ),
  );
}

function judgeZones(path: string, zones: readonly (Zone | Unknown)[]): Verdict {
  const byKind = new Map<string, Set<string>>();
  for (const zone of zones) {
    if (zone instanceof Unknown) continue;
    byKind.set(zone.kind, (byKind.get(zone.kind) ?? new Set()).add(zone.name));
  }
  if ([...byKind.values()].some((names) => names.size > 1)) return COMPLIANT;
  const hidden = zones.find((zone) => zone instanceof Unknown);
  if (hidden instanceof Unknown) return unknown(path, hidden.reason);
  const names = [...byKind.values()].flatMap((each) => [...each]);
  return names.length > 1
    ? unknown(path, `whether ${names.join(" and ")} are the same zone is not known before the apply`)
    : nonCompliant(path, `the availability zone ${names.join("")} only`, WANTED);
}

function zoneOf(subnet: Subject): Zone | Unknown {
  for (const kind of ["availability_zone", "availability_zone_id"]) {
    const given = subnet.value(kind);
    if (typeof given === "string" && given !== "") return { kind, name: given };
    const byOrder = given === null ? undefined : zoneByOrder(subnet, kind);
    if (byOrder) return byOrder;
    if (given instanceof Unknown) return given;
  }
  return new Unknown(`the availability zone of ${subnet.resource.address} is not known before the apply`);
}

function zoneByOrder({ resource }: Subject, attribute: string): Zone | undefined {
  const raw = resource.config[attribute];
  const [, kind, index] = (typeof raw === "string" ? BY_ORDER.exec(raw) : null) ?? [];
  if (kind === undefined || index === undefined) return undefined;
  const { count } = resource.variables;
  const position = index === "count.index" ? render(count ?? null) : index;
  return { kind: `${resource.stack}/${kind}`, name: `${kind}[${position}]` };
}

/** A resource or a text that stands twice is one; what is not known may be anything. */
function distinctOf(values: readonly Value[]): readonly Value[] {
  const known = new Map(values.filter(isComparable).map((value) => [keyOf(value), value] as const));
  return [...known.values(), ...values.filter((value) => !isComparable(value))];
}

const isComparable = (value: Value): value is string | Reference =>
  typeof value === "string" || value instanceof Reference;

const keyOf = (value: string | Reference): string =>
  typeof value === "string" ? value : value.resource.label;

const unknowable = (value: Value): Unknown => new Unknown(reasonOf(value));

const reasonOf = (value: Value): string =>
  value instanceof Unknown
    ? value.reason
    : value instanceof Reference || value instanceof Template
      ? `${render(value)} is not known before the apply`
      : `${render(value)} is not in this configuration`;
