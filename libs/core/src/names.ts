import { createHash } from "node:crypto";

/** The longest name that AWS takes of each kind, in characters, as its API reference gives it. */
export const NAME_LIMITS = {
  alarm: 255,
  alias: 256,
  analyzer: 255,
  bucket: 63,
  codeBuildProject: 150,
  dashboard: 255,
  eventRule: 64,
  firewall: 128,
  function: 64,
  loadBalancer: 32,
  logGroup: 512,
  pipeline: 100,
  policy: 128,
  queue: 80,
  resolver: 64,
  role: 64,
  schedule: 64,
  securityGroup: 255,
  table: 255,
  targetGroup: 32,
  topic: 256,
  trail: 128,
  webAcl: 128,
} as const;

export type NamedKind = keyof typeof NAME_LIMITS;

/** Hexadecimal digits of the hash that keeps cut names apart. */
const HASH_LENGTH = 8;

/**
 * A deterministic name within the limit of its kind: the parts in lower case, joined by hyphens, every other
 * character replaced by a hyphen. A name over the limit is cut and ends in a hash of the whole, so two long names
 * that differ only in their tails stay different.
 *
 * @example resourceName("role", "local", "intake", "catalogue") // "local-intake-catalogue"
 * @throws Error when no part holds a letter or digit
 */
export function resourceName(kind: NamedKind, ...parts: readonly string[]): string {
  const whole = parts.join("-");
  const name = whole
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (name === "") throw new Error(`a name needs a letter or digit, got: ${JSON.stringify(whole)}`);
  const limit = NAME_LIMITS[kind];
  if (name.length <= limit) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, limit - HASH_LENGTH - 1).replace(/-+$/, "")}-${hash}`;
}
