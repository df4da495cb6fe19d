import { join } from "node:path";
import { run } from "./run";
import { NOTHING, type Tally } from "./tally";

/** What is checked without running any code of ours. */
export interface Check {
  readonly name: string;
  /** A program below node_modules, with its arguments. */
  readonly command: readonly [string, ...string[]];
  /** What mends it. */
  readonly next: string;
}

export const CHECKS: readonly Check[] = [
  { name: "types", command: ["typescript/bin/tsc", "-p", "tsconfig.json"], next: "mend the types above" },
  { name: "lint", command: ["eslint/bin/eslint.js", "."], next: "npm run lint -- --fix" },
  {
    name: "format",
    command: ["prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."],
    next: "npm run format",
  },
];

/** Runs one check; each counts as one test. */
export async function check(
  root: string,
  { name, command: [program, ...args], next }: Check,
): Promise<Tally> {
  const from = performance.now();
  const code = await run(process.execPath, [join(root, "node_modules", program), ...args], root, {
    ...process.env,
    NX_DAEMON: "false",
  });
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`check ${name}: ${code === 0 ? "passed" : `failed; next: ${next}`}  ${seconds} s`);
  return { ...NOTHING, ...(code === 0 ? { passed: 1 } : { failed: 1 }) };
}
