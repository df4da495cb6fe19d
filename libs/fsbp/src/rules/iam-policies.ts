import { type PolicyStatement } from "../policy";
import { type ResourceRule } from "../rule";
import { NOT_APPLICABLE } from "../verdict";
import { isBoundary } from "./iam-boundaries";
import { judgePolicy } from "./policy-verdict";

/** `*`, or what comes to the same: `*:*`. */
const EVERY_ACTION = /^\*+(?::\*+)?$/;
const EVERY_RESOURCE = /^\*+$/;

/** All actions of a service, or of every service: `ec2:*`, `*`. Not `ec2:Describe*`. */
const WHOLE_SERVICE = /^\*+$|^[^:]+:[*?]*\*[*?]*$/;

/** Whether a statement allows everything, as AWS reads it: by name, whatever its conditions are. */
const isAdministration = ({ effect, actions, resources }: PolicyStatement): boolean =>
  effect === "Allow" &&
  actions.some((action) => EVERY_ACTION.test(action)) &&
  resources.some((resource) => typeof resource === "string" && EVERY_RESOURCE.test(resource));

/** The action by which a statement allows a whole service: to name what is not allowed leaves all others. */
function wholeService({ effect, actions, notActions }: PolicyStatement): string | undefined {
  if (effect !== "Allow") return undefined;
  const action = actions.find((each) => WHOLE_SERVICE.test(each));
  if (action !== undefined) return `allows ${action}`;
  const leavesSome = notActions.length > 0 && !notActions.some((each) => EVERY_ACTION.test(each));
  return leavesSome ? `allows everything but ${notActions.join(", ")}` : undefined;
}

/** A control on what managed policies allow, statement by statement. What a Deny takes back does not count. */
const managedPolicies = (
  control: string,
  refuse: (statement: PolicyStatement) => string | undefined,
  wanted: string,
): ResourceRule => ({
  control,
  types: ["aws_iam_policy"],
  judge: (policy, subjects) =>
    isBoundary(policy, subjects) ? NOT_APPLICABLE : judgePolicy(policy, "policy", refuse, wanted),
});

export const iamPolicyRules: readonly ResourceRule[] = [
  /** IAM.1: no managed policy allows every action on every resource. */
  managedPolicies(
    "IAM.1",
    (statement) => (isAdministration(statement) ? 'allows "*" on "*"' : undefined),
    "the actions and resources that are needed",
  ),
  /** IAM.21: no managed policy allows all actions of a service. */
  managedPolicies("IAM.21", wholeService, "the actions that are needed, e.g. ec2:Describe*"),
];
