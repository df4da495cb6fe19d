import { ORGANIZATION } from "../terraform/computed";
import { type Element } from "../terraform/element";
import { type Resolver } from "../terraform/resolver";
import { type ZoneAccount } from "../terraform/zone-files";
import { FULL_ACCESS, parsePolicy, type Policy } from "./policy";
import { type Problems } from "./problems";
import { type ControlLevel } from "./zone";

/** Policies of an organization that neither allow nor deny an API call. */
const WITHOUT_EFFECT = ["AISERVICES_OPT_OUT_POLICY", "BACKUP_POLICY", "TAG_POLICY"];

/**
 * The service control policies over each account, from the root down. The management account has none: they don't
 * affect it. AWS attaches `FullAWSAccess` at each level.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function readControls(
  accounts: readonly ZoneAccount[],
  resolver: Resolver,
  problems: Problems,
): ReadonlyMap<string, readonly ControlLevel[]> {
  const attached = attachedPolicies(resolver, problems);
  const parents = new Map<string, string>(
    problems.map(
      [
        ...resolver.ofType("aws_organizations_account"),
        ...resolver.ofType("aws_organizations_organizational_unit"),
      ],
      (element) => [resolver.text(element, "id"), parentOf(resolver, element)],
    ),
  );
  const organized = resolver.ofType("aws_organizations_organization").length > 0;
  const members = organized ? accounts.filter(({ management }) => !management) : [];
  return new Map(
    problems.map(members, ({ id, name }) => {
      if (!parents.has(id))
        throw new Error(`the account '${name}' (${id}) must be in a unit of the organization`);
      return [
        id,
        chain(id, parents).map((level) => ({
          id: level,
          policies: [FULL_ACCESS, ...(attached.get(level) ?? [])],
        })),
      ];
    }),
  );
}

/** An account without a unit is directly below the root. */
const parentOf = (resolver: Resolver, element: Element): string =>
  resolver.optional(element, "parent_id") === undefined
    ? ORGANIZATION.root
    : resolver.text(element, "parent_id");

/** From the root down to `id`. @throws Error where it does not hang on the root */
function chain(id: string, parents: ReadonlyMap<string, string>): readonly string[] {
  const levels = [id];
  while (levels[0] !== ORGANIZATION.root) {
    const parent = parents.get(levels[0] ?? "");
    if (parent === undefined || levels.includes(parent)) {
      throw new Error(`'${levels[0]}' must hang on the organization's root ${ORGANIZATION.root}`);
    }
    levels.unshift(parent);
  }
  return levels;
}

/** The service control policies by what they are attached to. */
function attachedPolicies(resolver: Resolver, problems: Problems): ReadonlyMap<string, readonly Policy[]> {
  const policies = new Map(
    problems.map(resolver.ofType("aws_organizations_policy"), (element) => [
      resolver.text(element, "id"),
      controlPolicy(resolver, element),
    ]),
  );
  const attached = new Map<string, Policy[]>();
  problems.map(resolver.ofType("aws_organizations_policy_attachment"), (element) => {
    const [id, target] = [resolver.text(element, "policy_id"), resolver.text(element, "target_id")];
    if (!policies.has(id)) throw new Error(`${element.label} must attach a policy of the zone, got: ${id}`);
    const policy = policies.get(id);
    if (policy) attached.set(target, [...(attached.get(target) ?? []), policy]);
  });
  return attached;
}

/** @returns `undefined` for a policy that neither allows nor denies an API call */
function controlPolicy(resolver: Resolver, element: Element): Policy | undefined {
  const type = String(resolver.optional(element, "type") ?? "SERVICE_CONTROL_POLICY");
  if (WITHOUT_EFFECT.includes(type)) return undefined;
  if (type !== "SERVICE_CONTROL_POLICY") throw new Error(`${element.label}: ${type} is not simulated`);
  const name = resolver.text(element, "name");
  return parsePolicy(name, resolver.text(element, "content"), `'content' of ${element.label}`);
}
