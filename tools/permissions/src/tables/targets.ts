import { type AccessRequest } from "../simulation/context";
import { type Resource, type Role, type RoleKind, type Zone } from "../zone/zone";

/** Roles whose work is to change the zone: what they must be able to set, they can set wrong. */
export const CHANGERS: readonly RoleKind[] = ["deploy", "break-glass"];

/** Every action on every resource. */
export const on = (
  actions: readonly string[],
  resources: readonly string[],
  more: Omit<AccessRequest, "action" | "resource"> = {},
): readonly AccessRequest[] =>
  resources.flatMap((resource) => actions.map((action) => ({ action, resource, ...more })));

/** What a service asks of a resource's key for a role, through the service. */
export function keyUse(
  zone: Zone,
  resource: string,
  service: string,
  region: string,
  actions: readonly string[],
): readonly AccessRequest[] {
  const key = zone.keys.get(resource);
  return key === undefined
    ? []
    : on(actions, [key], { context: { "kms:ViaService": `${service}.${region}.amazonaws.com` } });
}

/** Every action that knows no resources, in every region of the zone. */
export const everywhere = (zone: Zone, actions: readonly string[]): readonly AccessRequest[] =>
  zone.regions.flatMap((region) => on(actions, ["*"], { region }));

const arnsOf = (zone: Zone, type: string, wanted: (resource: Resource) => boolean): readonly string[] =>
  [...zone.resources.values()].filter((each) => each.type === type && wanted(each)).map(({ arn }) => arn);

/** The ARNs of a type in the role's account: others are out of reach without a policy of theirs. */
export const near = (zone: Zone, role: Role, type: string): readonly string[] =>
  arnsOf(zone, type, ({ account }) => account === role.account);

/** The ARNs of a type in all accounts: the type's own policies may let in others. */
export const all = (zone: Zone, type: string): readonly string[] => arnsOf(zone, type, () => true);

/** The ARNs of a type, in all accounts, that other stacks than the role's own declare. */
export const foreign = (zone: Zone, role: Role, type: string): readonly string[] =>
  arnsOf(zone, type, ({ stack }) => stack !== role.stack);

/** The ARNs of the keys of a zone: primaries and replicas. */
export const keys = (zone: Zone): readonly string[] => [
  ...all(zone, "aws_kms_key"),
  ...all(zone, "aws_kms_replica_key"),
];

/** The ARNs of the roles in an account, of some kinds or of all. */
export const rolesIn = (zone: Zone, account: string, kinds?: readonly RoleKind[]): readonly string[] =>
  zone.roles
    .filter((role) => role.account === account && (kinds?.includes(role.kind) ?? true))
    .map(({ arn }) => arn);

/** The ARNs of the zone's boundaries in an account. */
export const boundariesIn = (zone: Zone, account: string): readonly string[] =>
  zone.boundaries.filter((arn) => arn.startsWith(`arn:aws:iam::${account}:`));

/** The workload boundary of an account, as workload roles carry it. */
export const workloadBoundary = (zone: Zone, account: string): string | undefined =>
  boundariesIn(zone, account).find((arn) => arn.endsWith("-workload-boundary"));

/** An ARN of the role's account, in a region of the zone or, without one, globally. */
export const arn = (role: Pick<Role, "account">, service: string, resource: string, region = ""): string =>
  `arn:aws:${service}:${region}:${role.account}:${resource}`;

/** The same resource in every region of the zone. */
export const arnsEverywhere = (zone: Zone, role: Pick<Role, "account">, service: string, resource: string) =>
  zone.regions.map((region) => arn(role, service, resource, region));

/** Regions of AWS, two of which at least are in no zone. */
const FAR_REGIONS = ["ap-southeast-2", "sa-east-1", "us-west-1", "af-south-1"];

/** A region that the zone does not use. */
export const farRegion = (zone: Zone): string =>
  FAR_REGIONS.find((region) => !zone.regions.includes(region)) ?? "me-south-1";

/** The bucket that holds the zone's Terraform states. */
export const isStateBucket = (zone: Zone, bucket: string): boolean =>
  bucket.startsWith(`arn:aws:s3:::${zone.name}-state-`);

/** Whether an administrator applies it: the stack `bootstrap` declares it. */
export const isOfBootstrap = (zone: Zone, resource: string): boolean =>
  zone.resources.get(resource)?.stack === "bootstrap";

/** An object in each bucket. */
export const objectsIn = (buckets: readonly string[]): readonly string[] =>
  buckets.map((bucket) => `${bucket}/landfall/object`);
