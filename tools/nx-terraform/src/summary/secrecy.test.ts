import fc from "fast-check";

import { combine } from "./combine";
import { findDrift } from "../drift/find-drift";
import { driftMarkdown } from "../drift/drift-report";
import { summarize } from "./summarize";
import { toBrief, toMarkdown } from "./to-markdown";
import { toTable } from "./to-table";

const SECRET = "hunter2-s3cr3t";

/** A value with Terraform's marks for it, in which everything that holds the secret is marked. */
interface Marked {
  readonly value: unknown;
  readonly marks: unknown;
}

/** The secret alone, as a part of a text, as a key, and deep below a mark. */
const secret = fc.constantFrom<unknown>(
  SECRET,
  `https://user:${SECRET}@example.com`,
  { [SECRET]: "x" },
  [SECRET, "x"],
  { a: [{ b: SECRET }] },
);
const key = fc.constantFrom("a", "b", "tags", "name", "cost center", "policy", "we|ird`key\n");
const plain = fc.oneof(fc.string({ maxLength: 80 }), fc.integer(), fc.boolean(), fc.constant(null));

const { marked } = fc.letrec<{ marked: Marked }>((tie) => ({
  marked: fc.oneof(
    { depthSize: "small" },
    plain.map((value): Marked => ({ value, marks: false })),
    secret.map((value): Marked => ({ value, marks: true })),
    fc.dictionary(key, tie("marked"), { maxKeys: 4 }).map((all): Marked => ({
      value: Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value])),
      marks: Object.fromEntries(Object.entries(all).map(([name, { marks }]) => [name, marks])),
    })),
    fc
      .array(tie("marked"), { maxLength: 3 })
      .map((all): Marked => ({ value: all.map(({ value }) => value), marks: all.map(({ marks }) => marks) })),
  ),
}));
const attributes = fc.dictionary(key, marked, { minKeys: 1, maxKeys: 5 }).map((all) => ({
  value: Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value])),
  marks: Object.fromEntries(Object.entries(all).map(([name, { marks }]) => [name, marks])),
}));

/** Every path to a place in a value: any of them may force a replacement. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([step, child]) => pathsIn(child, [...path, step]))];
}

describe("a secret that is marked sensitive", () => {
  it("is in no summary, wherever it is, whatever is done to its resource", () => {
    const actions = fc.constantFrom(
      ["update"],
      ["delete", "create"],
      ["create", "delete"],
      ["delete"],
      ["create"],
    );
    fc.assert(
      fc.property(attributes, attributes, actions, (before, after, done) => {
        const change = {
          address: "aws_db_instance.main",
          type: "aws_db_instance",
          change: {
            actions: done,
            before: before.value,
            after: after.value,
            before_sensitive: before.marks,
            after_sensitive: after.marks,
            replace_paths: [...pathsIn(before.value), ...pathsIn(after.value)],
          },
        };
        const of = { instance: "i", stack: "s", zone: "z", account: "main", region: "eu-west-1" };
        const summary = summarize({ resource_changes: [change] }, of);
        const zone = combine("z", [summary]);
        const drifted = findDrift({ resource_drift: [change] }, {});
        const drift = { instance: "i", stack: "s", at: "now", drifted, seconds: 1 };
        const shown = [
          JSON.stringify([summary, zone, drift]),
          toTable(summary).join("\n"),
          toMarkdown(zone),
          toBrief(zone),
          driftMarkdown("z", [drift]),
        ];

        for (const text of shown) expect(text).not.toContain(SECRET);
      }),
      { numRuns: 500 },
    );
  });
});
