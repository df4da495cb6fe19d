import { Refusal } from "./refusal";

/** How deep objects and lists may lie in each other. */
export const maxDepth = 8;

/**
 * Reads JSON from bytes of UTF-8.
 * @throws Refusal `malformed-json` or `too-deep`, for whatever bytes; never anything else
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("malformed-json", "the body is not UTF-8");
  }
  refuseDeep(text);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body.
    throw new Refusal("malformed-json", "the body is not valid JSON");
  }
}

/** Counts brackets outside of strings, before anything is built from them. */
function refuseDeep(text: string): void {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === "[" || token === "{") depth += 1;
    if (token === "]" || token === "}") depth -= 1;
    if (depth > maxDepth) throw new Refusal("too-deep", `at most ${maxDepth} levels`);
  }
}
