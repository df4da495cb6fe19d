import { isList, Unknown } from "@landfall/terraform-graph";
import { render } from "../expect";
import { type Place } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";

/**
 * The resources of a type in a region, of whichever account: what an organization's administrator sets in a region is for
 * the members there.
 */
export const inRegion = (subjects: Subjects, type: string, { region }: Place): readonly Subject[] =>
  subjects.ofType(type).filter(({ resource }) => resource.region === region);

/** Those of other accounts in a region: what an administrator sets for members is not for its own account. */
export const byAdministrators = (subjects: Subjects, type: string, place: Place): readonly Subject[] =>
  inRegion(subjects, type, place).filter(({ resource }) => resource.account !== place.account);

/** Whether an argument, one account's id or a list of them, names the account of a place. */
export function names(subject: Subject, path: string, { account }: Place): Verdict {
  const value = subject.value(path);
  const ids = isList(value) ? value : [value];
  if (account !== undefined && ids.includes(account)) return COMPLIANT;
  const hidden = ids.find((id) => id instanceof Unknown);
  if (hidden instanceof Unknown) return unknown(path, hidden.reason);
  if (account === undefined || ids.some((id) => typeof id === "object")) {
    return unknown(path, `whether ${render(value)} is this account is not known before the apply`);
  }
  return nonCompliant(path, render(value), `the account ${account}`);
}
