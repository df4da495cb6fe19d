import { type Sight } from "./repair";

/** The tag, and its value, of a resource that is never touched. The repair boundary denies it too, where AWS tells it the tags. */
const TAG = { key: "landfall:sentinel", value: "ignore" };

/** Whether an ARN fits a pattern, in which an asterisk stands for any characters, slashes and colons included. */
export function fits(arn: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return arn === pattern;
  if (!arn.startsWith(first)) return false;
  let from = first.length;
  // Each part at its first place leaves the most for those behind it.
  for (const part of rest) {
    const found = arn.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return arn.length - last.length >= from && arn.endsWith(last);
}

/** Why a resource is never touched: its tag, or the pattern that names it. Nothing where it is not ignored. */
export function ignoredBy({ arn, tags }: Sight, patterns: readonly string[]): string | undefined {
  if (tags[TAG.key] === TAG.value) return `the tag ${TAG.key}`;
  const pattern = patterns.find((each) => fits(arn, each));
  return pattern === undefined ? undefined : `the pattern ${pattern}`;
}
