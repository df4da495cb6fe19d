import { type Element } from "../terraform/element";
import { type Resolver } from "../terraform/resolver";
import { awsManagedPolicy, parsePolicy, type Policy } from "./policy";
import { type Problems } from "./problems";
import { type Role, type RoleKind } from "./zone";

const BY_NAME = [
  "plan",
  "deploy",
  "break-glass",
  "read-only",
  "operator",
  "github-plan",
  "github-deploy",
] as const satisfies RoleKind[];

/** What changes a role's permissions in a way that is not simulated. */
const ROLE_EXTRAS = ["inline_policy", "managed_policy_arns", "name_prefix"];

const BY_BOUNDARY = ["workload", "repair"] as const satisfies RoleKind[];

/** What a role is: by its name `<zone>-<kind>`, else by its boundary `<zone>-<kind>-boundary`. */
export function roleKind(zone: string, name: string, boundary: Pick<Policy, "name"> | undefined): RoleKind {
  const named = BY_NAME.find((kind) => name === `${zone}-${kind}`);
  if (named) return named;
  if (boundary?.name === `${zone}-pipeline-boundary`)
    return pipelineKind(name.slice(`${zone}-pipeline-`.length));
  return BY_BOUNDARY.find((kind) => boundary?.name === `${zone}-${kind}-boundary`) ?? "other";
}

/** What the stage of a pipeline is for: `plan-sandbox` goes on to a role that plans. */
function pipelineKind(stage: string): RoleKind {
  if (/^(plan|watch|drift)-|^pull-request$/.test(stage)) return "pipeline-plan";
  return stage.startsWith("deploy-") ? "pipeline-deploy" : "pipeline";
}

/** A key that keeps the same name in two accounts apart. */
const inAccount = (account: string, name: string): string => `${account} ${name}`;

/** Every role of a zone, with its trust, boundary and policies. What can't be read goes to `problems`. */
export function readRoles(zone: string, resolver: Resolver, problems: Problems): readonly Role[] {
  const managed = new Map(
    problems.map(resolver.ofType("aws_iam_policy"), (element) => [
      resolver.text(element, "arn"),
      policyOf(resolver, element, resolver.text(element, "name"), "policy"),
    ]),
  );
  const policyAt = (arn: string, user: string): Policy => {
    const found = awsManagedPolicy(arn, user) ?? managed.get(arn);
    if (!found) throw new Error(`${user} must use a policy of the zone, got: ${arn}`);
    return found;
  };
  const identities = identityPolicies(resolver, problems, policyAt);

  const roles = problems.map(resolver.ofType("aws_iam_role"), (element): Role => {
    const extra = ROLE_EXTRAS.find((argument) => resolver.has(element, argument));
    if (extra) throw new Error(`${element.label} must not use '${extra}': it is not simulated`);
    const name = resolver.text(element, "name");
    const arn = resolver.optional(element, "permissions_boundary");
    const boundary =
      arn === undefined ? undefined : { ...policyAt(String(arn), element.label), arn: String(arn) };
    return {
      path: element.label,
      stack: resolver.stack(element),
      account: element.account,
      region: element.region,
      tags: resolver.tags(element),
      name,
      arn: resolver.text(element, "arn"),
      kind: roleKind(zone, name, boundary),
      trust: policyOf(resolver, element, `${name} (trust)`, "assume_role_policy"),
      ...(boundary ? { boundary } : {}),
      policies: identities.get(inAccount(element.account, name)) ?? [],
    };
  });

  const known = new Set(roles.map(({ account, name }) => inAccount(account, name)));
  for (const user of identities.keys()) {
    if (!known.has(user)) problems.add(`a policy must belong to a role of the zone, got: ${user}`);
  }
  return roles;
}

const policyOf = (resolver: Resolver, element: Element, name: string, attribute: string): Policy =>
  parsePolicy(name, resolver.text(element, attribute), `'${attribute}' of ${element.label}`);

/** The inline and attached policies of roles, by account and role name. */
function identityPolicies(
  resolver: Resolver,
  problems: Problems,
  policyAt: (arn: string, user: string) => Policy,
): ReadonlyMap<string, readonly Policy[]> {
  const found = [
    ...problems.map(resolver.ofType("aws_iam_role_policy"), (element) => ({
      user: inAccount(element.account, resolver.text(element, "role")),
      policy: policyOf(resolver, element, resolver.text(element, "name"), "policy"),
    })),
    ...problems.map(resolver.ofType("aws_iam_role_policy_attachment"), (element) => ({
      user: inAccount(element.account, resolver.text(element, "role")),
      policy: policyAt(resolver.text(element, "policy_arn"), element.label),
    })),
  ];
  const byUser = new Map<string, Policy[]>();
  for (const { user, policy } of found) byUser.set(user, [...(byUser.get(user) ?? []), policy]);
  return byUser;
}
