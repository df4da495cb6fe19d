import { describeRule } from "../testing/cases";
import { longestDays } from "./rotation-schedule";
import { secretsManagerRules } from "./secrets-manager";

const rule = (id: string) => {
  const found = secretsManagerRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const ROTATION = "aws_secretsmanager_secret_rotation";
const secret = (rotation?: object, rules: object = { automatically_after_days: 30 }) => ({
  aws_secretsmanager_secret: { s: { name: "s" } },
  ...(rotation ? { [ROTATION]: { r: { rotation_rules: [rules], ...rotation } } } : {}),
});
const OF_SECRET = { secret_id: "${aws_secretsmanager_secret.s.id}" };

describeRule(rule("SecretsManager.1"), {
  compliant: [
    { of: "a secret that rotates", resource: secret(OF_SECRET) },
    { of: "a rotation by ARN", resource: secret({ secret_id: "${aws_secretsmanager_secret.s.arn}" }) },
    { of: "a rotation by name", resource: secret({ secret_id: "s" }) },
  ],
  nonCompliant: [
    { of: "a secret that does not", resource: secret(), path: "" },
    { of: "a rotation of another secret", resource: secret({ secret_id: "t" }), path: "" },
  ],
  unknown: [
    { of: "a rotation of a secret by a variable", resource: secret({ secret_id: "${var.s}" }) },
    { of: "rotations whose number is not known", resource: secret({ ...OF_SECRET, count: "${var.n}" }) },
  ],
});

const PATH = `${ROTATION}.r.rotation_rules`;

describeRule(rule("SecretsManager.4"), {
  compliant: [
    { of: "90 days", resource: secret(OF_SECRET, { automatically_after_days: 90 }) },
    {
      of: "a schedule of every 10 days",
      resource: secret(OF_SECRET, { schedule_expression: "rate(10 days)" }),
    },
  ],
  nonCompliant: [
    { of: "a secret that does not rotate", resource: secret(), path: "" },
    {
      of: "91 days",
      resource: secret(OF_SECRET, { automatically_after_days: 91 }),
      path: `${PATH}.automatically_after_days`,
    },
    {
      of: "a schedule of every half year",
      resource: secret(OF_SECRET, { schedule_expression: "cron(0 8 1 1/6 ? *)" }),
      path: `${PATH}.schedule_expression`,
    },
    {
      of: "rules that say nothing",
      resource: secret(OF_SECRET, {}),
      path: `${PATH}.automatically_after_days`,
    },
  ],
  unknown: [
    { of: "days by a variable", resource: secret(OF_SECRET, { automatically_after_days: "${var.days}" }) },
    { of: "a schedule that can't be read", resource: secret(OF_SECRET, { schedule_expression: "at(noon)" }) },
  ],
});

describe("longestDays", () => {
  it.each([
    ["rate(1 day)", 1],
    ["rate(90 days)", 90],
    ["rate(4 hours)", 1],
    ["rate(36 hours)", 2],
    ["cron(0 8 * * ? *)", 31],
    ["cron(0 8 1 * ? *)", 31],
    ["cron(0 8 ? * MON *)", 31],
    ["cron(0 8 31 * ? *)", 62],
    ["cron(0 8 ? * MON#5 *)", 62],
    ["cron(0 8 1 1/2 ? *)", 62],
    ["cron(0 8 1 JAN,MAR,MAY,JUL,SEP,NOV ? *)", 62],
    ["cron(0 8 1 1,4,7,10 ? *)", 93],
    ["cron(0 8 1 JAN-OCT ? *)", 93],
    ["cron(0 8 1 1 ? *)", 372],
  ])("takes %s for at most %i days", (expression, days) => expect(longestDays(expression)).toBe(days));

  it.each([
    "rate(1 month)",
    "cron(0 8 1 * ? 2030)",
    "cron(0 8)",
    "cron(0 8 1 13 ? *)",
    "cron(0 8 1 1/0 ? *)",
    "",
  ])("can't read '%s'", (expression) => expect(longestDays(expression)).toBeUndefined());
});
