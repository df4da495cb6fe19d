import { isRecord, type JsonRecord } from "@landfall/terraform-graph";

/** The value as a list: Terraform's JSON leaves the brackets out where there is one. */
export const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};

/** The JSON object in a text. @throws Error naming `what` where it is none */
export function parseObject(text: string, what: string): JsonRecord {
  const parsed = parse(text, what);
  if (!isRecord(parsed)) throw new Error(`${what} must be a JSON object, got: ${text.slice(0, 80)}`);
  return parsed;
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${what} must be JSON, got: ${text.slice(0, 80)}`, { cause });
  }
}
