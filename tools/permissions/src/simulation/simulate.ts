import {
  getDenialReasons,
  getGrantReasons,
  type RequestAnalysis,
  runSimulation,
  type Simulation,
} from "@cloud-copilot/iam-simulate";
import { FULL_ACCESS, type Policy, type PolicyDocument, type PolicyKind } from "../zone/policy";
import { type Principal, type Zone } from "../zone/zone";
import { type AccessRequest, declared, requestContext, resourceAccount } from "./context";
import { allowsNothing, relevant } from "./relevant";

/** The statement behind a decision, or the kind of policy that lacked one. */
export interface DecidedBy {
  readonly kind: PolicyKind;
  /** The policy's name; missing where no policy of the kind allows the request. */
  readonly policy?: string;
  readonly sid?: string;
}

export interface Decision {
  /** `denied` by a statement, or `not allowed` by any. */
  readonly decision: "allowed" | "denied" | "not allowed";
  /** Of an allowed request what grants it, but for AWS's own `FullAWSAccess`; of another what stops it. */
  readonly by: readonly DecidedBy[];
}

export interface SimulateInput extends AccessRequest {
  readonly zone: Zone;
  readonly role: Principal;
}

const KINDS: Readonly<Record<string, PolicyKind>> = {
  identity: "identity",
  pb: "boundary",
  scp: "scp",
  resource: "resource",
};

/** As the simulator takes them. */
const named = (policies: readonly Policy[], action: string) =>
  policies.map(({ name, document }) => ({ name, policy: relevant(document, action) }));

/** The policy of the resource itself: of a role its trust, when it is to be assumed. */
function resourcePolicy(zone: Zone, { action, resource }: AccessRequest): Policy | undefined {
  if (action.startsWith("sts:")) return zone.roles.find(({ arn }) => arn === resource)?.trust;
  return declared(zone, resource)?.policy;
}

/**
 * Whether a request is in vain without a look at its resource and conditions: neither the role, by its policies and
 * within its boundary, nor the resource's own policy allows the action at all; in another account both must. Far quicker
 * than {@link simulate}; a denial that the request would meet besides is not looked for.
 */
export function isHopeless({ zone, role, ...request }: SimulateInput): boolean {
  const nothingIn = (policies: readonly Policy[]) =>
    allowsNothing(
      policies.map(({ document }) => document),
      request.action,
    );
  const own = resourcePolicy(zone, request);
  const resource = own === undefined || nothingIn([own]);
  const identity = nothingIn(role.policies) || (role.boundary !== undefined && nothingIn([role.boundary]));
  return resourceAccount(zone, role, request) === role.account ? identity && resource : identity || resource;
}

/**
 * Whether a role of the zone may do something: its policies, its boundary, the service control policies over its
 * account and the resource's own policy, as AWS evaluates them. Any other principal can be tried as well.
 *
 * @throws Error where the request is none that AWS knows: its action, its resource or a given context key
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export async function simulate({ zone, role, ...request }: SimulateInput): Promise<Decision> {
  const { action, resource } = request;
  const { account, variables } = requestContext(zone, role, request);
  const own = resourcePolicy(zone, request);
  const simulation: Simulation = {
    request: {
      principal: `arn:aws:sts::${role.account}:assumed-role/${role.name}/session`,
      action,
      resource: { resource, accountId: account },
      contextVariables: variables,
    },
    identityPolicies: named(role.policies, action),
    serviceControlPolicies: (zone.controls.get(role.account) ?? []).map(({ id, policies }) => ({
      orgIdentifier: id,
      policies: named(policies, action),
    })),
    resourceControlPolicies: [],
    ...(own ? { resourcePolicy: relevant(own.document, action) } : {}),
    ...(role.boundary ? { permissionBoundaryPolicies: named([role.boundary], action) } : {}),
  };
  const { analysis, ignored } = await run(simulation);
  const meant = Object.keys(request.context ?? {}).filter((key) => ignored.includes(key));
  if (meant.length > 0) throw new Error(`${action} on ${resource} carries no ${meant.join(", ")}`);
  return decisionOf(analysis, own);
}

async function run(
  simulation: Simulation,
): Promise<{ analysis: RequestAnalysis; ignored: readonly string[] }> {
  const { action, resource } = simulation.request;
  const outcome = await runSimulation(simulation, { simulationMode: "Strict" });
  if (outcome.resultType === "single") {
    return { analysis: outcome.result.analysis, ignored: outcome.result.ignoredContextKeys ?? [] };
  }
  const reason =
    outcome.resultType === "error" ? JSON.stringify(outcome.errors) : "the resource must have no wildcard";
  throw new Error(`${action} on ${resource.resource} can't be simulated: ${reason}`);
}

function decisionOf(analysis: RequestAnalysis, own: Policy | undefined): Decision {
  if (analysis.result === "Allowed") {
    return {
      decision: "allowed",
      by: getGrantReasons(analysis)
        .map((reason) => ({
          kind: kindOf(reason.policyType),
          ...statement(
            "policyIdentifier" in reason ? reason.policyIdentifier : own?.name,
            reason.statementId,
          ),
        }))
        .filter(({ kind, policy }) => kind !== "scp" || policy !== FULL_ACCESS.name),
    };
  }
  const reasons = getDenialReasons(analysis);
  const explicit = reasons.filter((reason) => reason.denialType === "Explicit");
  if (analysis.result === "ExplicitlyDenied") {
    return {
      decision: "denied",
      by: explicit.map((reason) => ({
        kind: kindOf(reason.policyType),
        ...statement(reason.policyIdentifier ?? own?.name, reason.statementId),
      })),
    };
  }
  const kinds = new Set(
    reasons.filter(({ denialType }) => denialType === "Implicit").map((each) => each.policyType),
  );
  return { decision: "not allowed", by: [...kinds].map((kind) => ({ kind: kindOf(kind) })) };
}

const statement = (
  policy: string | undefined,
  sid: string | undefined,
): Pick<DecidedBy, "policy" | "sid"> => ({
  ...(policy === undefined ? {} : { policy }),
  ...(sid === undefined ? {} : { sid }),
});

function kindOf(type: string): PolicyKind {
  const kind = KINDS[type];
  if (!kind) throw new Error(`the simulator decided by an unexpected kind of policy: ${type}`);
  return kind;
}

const valid = new WeakSet<PolicyDocument>();

/**
 * Has the simulator judge every policy of a zone as a whole, since a simulation looks at the statements of its action
 * alone.
 *
 * @throws Error naming the first policy that AWS would refuse
 */
export async function validatePolicies(zone: Zone): Promise<void> {
  const identity = zone.roles.flatMap(({ policies, boundary }) => [
    ...policies,
    ...(boundary ? [boundary] : []),
  ]);
  const controls = [...zone.controls.values()].flat().flatMap(({ policies }) => policies);
  const resource = [
    ...zone.roles.map(({ trust }) => trust),
    ...[...zone.resources.values()].flatMap(({ policy }) => (policy ? [policy] : [])),
  ];
  for (const policy of identity) await validate(policy, { identityPolicies: [wrapped(policy)] });
  for (const policy of controls) {
    await validate(policy, {
      serviceControlPolicies: [{ orgIdentifier: "root", policies: [wrapped(policy)] }],
    });
  }
  for (const policy of resource) await validate(policy, { resourcePolicy: policy.document });
}

const wrapped = ({ name, document }: Policy) => ({ name, policy: document });

async function validate({ name, document }: Policy, as: Partial<Simulation>): Promise<void> {
  if (valid.has(document)) return;
  const account = "123456789012";
  const outcome = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${account}:assumed-role/any/session`,
        action: "sts:GetCallerIdentity",
        resource: { resource: "*", accountId: account },
        contextVariables: {},
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...as,
    },
    {},
  );
  if (outcome.resultType === "error")
    throw new Error(`policy '${name}' is not valid: ${JSON.stringify(outcome.errors)}`);
  valid.add(document);
}
