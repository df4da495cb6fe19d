import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

import type { TerraformJson } from "../terraform-json";

/** What a fingerprint is made of. */
export interface FingerprintInputs {
  /** The configuration as Terraform will read it. */
  readonly json: TerraformJson;
  /** The folder whose files, besides the configuration, are its assets. */
  readonly folder: string;
  /** The provider lock; `undefined` when there is none. */
  readonly lock: string | undefined;
}

/** The file that cdktf writes the configuration to. */
const CONFIGURATION = "cdk.tf.json";

/**
 * The SHA-256, in hex, of all that decides what Terraform would make: the configuration without its comments, the bytes of
 * its assets, and the providers. Where a key stands in the JSON does not count.
 */
export function fingerprintOf({ json, folder, lock = "" }: FingerprintInputs): string {
  const assets = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ name: relative(folder, file), file }))
    .filter(({ name }) => name !== CONFIGURATION)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, file }) => [name, sha256(readFileSync(file))]);
  return sha256(JSON.stringify([canonical(withoutComments(json)), assets, lock]));
}

export const sha256 = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("hex");

/** Blocks by type and name, in which each block may carry a comment. */
const NAMED_BLOCKS = ["resource", "data", "ephemeral"];

/**
 * Terraform takes the key `//` for a comment at the top and in a block, and cdktf keeps its own version and the paths of
 * constructs there. Deeper down it may be a key of a map like any other.
 */
function withoutComments(json: TerraformJson): Record<string, unknown> {
  const entries = Object.entries(withoutComment(json)).map(([kind, blocks]): [string, unknown] => [
    kind,
    NAMED_BLOCKS.includes(kind) ? mapObject(blocks, (named) => mapObject(named, withoutComment)) : blocks,
  ]);
  return Object.fromEntries(entries);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mapObject = (value: unknown, map: (item: unknown) => unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)])) : value;

const withoutComment = (block: unknown): object =>
  isObject(block)
    ? Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//"))
    : (block as object);

/** The same value with its keys in order: an object as a list of its entries, marked as one. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return { object: keys.map((key) => [key, canonical(value[key])]) };
}
