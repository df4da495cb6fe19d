import { z } from "zod";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const planManifest = z.object({
  /** Of this file. */
  format: z.literal(1),
  zone: z.string(),
  stack: z.string(),
  instance: z.string(),
  account: z.string(),
  region: z.string(),
  fingerprint: hash,
  /** Which state it starts from; `null` where there was none yet. */
  state: z.object({ lineage: z.string(), serial: z.number().int() }).nullable(),
  /** SHA-256 of the provider lock; `null` where there was none. */
  lock: hash.nullable(),
  /** e.g. `terraform 1.11.4` */
  engine: z.string(),
  /** The consumed values, by region and name. */
  consumed: z.record(z.string(), z.object({ version: z.number().int(), sha256: hash })),
  /** The git revision; `null` outside of a repository. */
  revision: z.string().nullable(),
  /** Whether it was made although nothing had changed, to mend what somebody changed by hand. */
  forced: z.boolean(),
  counts: z.object({ add: z.number(), change: z.number(), destroy: z.number() }),
  /** SHA-256 of each file beside this one; without `plan.tfplan` where there is nothing to apply. */
  files: z.record(z.string(), hash),
  /** When it was made: ISO 8601. */
  at: z.string(),
});

/** What a saved plan is bound to: where any of it has moved, the plan is not applied. */
export type PlanManifest = Readonly<z.infer<typeof planManifest>>;

/** @returns `undefined` for what is no manifest of this format */
export function parseManifest(text: string): PlanManifest | undefined {
  try {
    return planManifest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
