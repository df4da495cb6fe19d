import { listOf } from "../terraform/json";
import { type PolicyDocument, type PolicyStatement } from "../zone/policy";

const pattern = (action: string): RegExp =>
  new RegExp(
    `^${action
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );

/** Whether a statement may say something about an action: `NotAction` always may. */
const mayMatch = ({ Action, NotAction }: PolicyStatement, action: string): boolean =>
  NotAction !== undefined || listOf(Action).some((each) => pattern(String(each)).test(action));

const known = new WeakMap<PolicyDocument, Map<string, PolicyDocument>>();

/**
 * A policy without the statements that can't match an action: the same decision in a fraction of the time. It never
 * is without a statement, since a boundary that allows nothing is still a boundary.
 */
export function relevant(document: PolicyDocument, action: string): PolicyDocument {
  const byAction = known.get(document) ?? new Map<string, PolicyDocument>();
  known.set(document, byAction);
  const found = byAction.get(action);
  if (found) return found;
  const matching = document.Statement.filter((statement) => mayMatch(statement, action));
  const kept = matching.length > 0 ? matching : document.Statement.slice(0, 1);
  const reduced = { ...document, Statement: kept };
  byAction.set(action, reduced);
  return reduced;
}

/** Whether no statement can allow an action, whatever the resource and the conditions. */
export const allowsNothing = (documents: readonly PolicyDocument[], action: string): boolean =>
  documents.every((document) =>
    relevant(document, action).Statement.every(
      (statement) => statement.Effect !== "Allow" || !mayMatch(statement, action),
    ),
  );
