import { Reference, Template, Unknown } from "@landfall/terraform-graph";
import { mustBeSet, render } from "../expect";
import { missing } from "../related";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { anyCompanion } from "./companions";
import { longestDays } from "./rotation-schedule";

const ROTATION = "aws_secretsmanager_secret_rotation";

/** The longest time between rotations, in days. */
const MOST_DAYS = 90;

/** Judges a secret by its rotation. */
const byRotation = (secret: Subject, judge: (rotation: Subject) => Verdict): Verdict =>
  anyCompanion(
    secret.related(ROTATION, "secret_id", ["name"]),
    judge,
    missing(secret, ROTATION, "secret_id", `one that rotates it at least every ${MOST_DAYS} days`),
  );

/** The days between rotations that an argument of the rotation's rules comes to; not applicable where it is left out. */
function daysOf(rotation: Subject, argument: string, toDays: (text: string) => number | undefined): Verdict {
  const path = `rotation_rules.${argument}`;
  const value = rotation.value(path);
  if (value === null || value === "") return NOT_APPLICABLE;
  if (value instanceof Unknown) return unknown(path, value.reason);
  if (value instanceof Reference || value instanceof Template) {
    return unknown(path, `${render(value)} is not known before the apply`);
  }
  const days = toDays(String(value));
  if (days === undefined) return unknown(path, `how often ${render(value)} comes about can't be told`);
  return days <= MOST_DAYS
    ? COMPLIANT
    : nonCompliant(path, `${render(value)}: up to ${days} days`, `at most ${MOST_DAYS} days`);
}

/** Both arguments exclude each other; the provider asks for one. */
const rotatesInTime = (rotation: Subject): Verdict => {
  const rules = any(
    daysOf(rotation, "automatically_after_days", Number),
    daysOf(rotation, "schedule_expression", longestDays),
  );
  return rules.status === "not-applicable"
    ? mustBeSet(rotation, "rotation_rules.automatically_after_days", `at most ${MOST_DAYS}`)
    : rules;
};

export const secretsManagerRules: readonly ResourceRule[] = [
  /** SecretsManager.1: a secret rotates by itself. */
  {
    control: "SecretsManager.1",
    types: ["aws_secretsmanager_secret"],
    judge: (secret) => byRotation(secret, () => COMPLIANT),
  },
  /** SecretsManager.4: it rotates every 90 days. AWS looks at when it last did; here its schedule stands for that. */
  {
    control: "SecretsManager.4",
    types: ["aws_secretsmanager_secret"],
    judge: (secret) => byRotation(secret, rotatesInTime),
  },
];
