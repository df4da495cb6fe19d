import { Unknown } from "@landfall/terraform-graph";
import { type PolicyStatement, statementsOf } from "../policy";
import { isPublic } from "../public-access";
import { type ResourceRule } from "../rule";
import { COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";
import { type View } from "../view";

/**
 * Judges a policy by its statements, each alone: the first that is refused is what was found. Without a policy there is
 * nothing to refuse.
 *
 * @param refuse what is wrong with a statement, e.g. `allows everyone`
 */
export function judgePolicy(
  view: View,
  path: string,
  refuse: (statement: PolicyStatement) => string | undefined,
  wanted: string,
): Verdict {
  const statements = statementsOf(view.value(path));
  if (statements instanceof Unknown) return unknown(view.at(path), statements.reason);
  for (const statement of statements ?? []) {
    const wrong = refuse(statement);
    if (wrong !== undefined) return nonCompliant(view.at(path), `${statement.name} ${wrong}`, wanted);
  }
  return COMPLIANT;
}

/**
 * A rule for resources whose `policy` must let nobody in from everywhere. One without a policy has AWS's, which is for its
 * own account; a policy in a resource of its own is judged there.
 */
export const notPublic = (control: string, types: readonly string[]): ResourceRule => ({
  control,
  types,
  judge: (subject) =>
    judgePolicy(
      subject,
      "policy",
      (statement) => (isPublic(statement) ? "allows everyone" : undefined),
      "named principals, or a condition with fixed values that binds them",
    ),
});
