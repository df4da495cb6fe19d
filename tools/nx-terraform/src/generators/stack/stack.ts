import { DUTIES, LandfallError } from "@landfall/core";
import { type GeneratorCallback, logger, type Tree } from "@nx/devkit";
import { refuse, stackNameProblems } from "../shared/check-name";
import { linkPackages } from "../shared/install";
import { manifest } from "../shared/manifest";
import { placeFiles } from "../shared/place-files";
import { listStack } from "../shared/shared-lists";
import { fromTemplate } from "../shared/templates";

export interface StackOptions {
  readonly name: string;
  /** Once for each region, or once for an account. @default "regional" */
  readonly scope?: "regional" | "global";
  /** `every`, or the duties of the accounts that have it, separated by commas. @default "every" */
  readonly accounts?: string;
  /** Whether npm is not run. @default false */
  readonly skipInstall?: boolean;
}

/**
 * Makes a stack with a contract and one encrypted log group, for its own resources to take the place of.
 *
 * @throws LandfallError when the name or the accounts can't be used
 */
export async function stackGenerator(tree: Tree, options: StackOptions): Promise<GeneratorCallback> {
  const { name, scope = "regional", accounts = "every", skipInstall = false } = options;
  refuse(`the stack '${name}'`, stackNameProblems(tree, name, "stacks"));
  const placement = placementOf(accounts);
  const files = new Map([
    [
      `stacks/${name}/package.json`,
      manifest("stack", name, { ".": "./src/stack.ts", "./contract": "./src/contract.ts" }),
    ],
    ...[...fromTemplate("stack", `stacks/${name}`, { "sample-stack": name })].map(
      ([path, content]): [string, string] => [
        path,
        content
          .replace('scope: "regional"', `scope: "${scope}"`)
          .replace('accounts: "every"', `accounts: ${placement}`),
      ],
    ),
  ]);
  if (!(await placeFiles(tree, `The stack '${name}'`, files))) return () => undefined;
  await listStack(tree, {
    kind: "stack",
    name,
    scope,
    accounts: accounts.split(",").join(", "),
    holds: "a log group, until it holds what it is for",
    reads: ["keys"],
  });
  return async () => {
    await linkPackages(tree, skipInstall)();
    logger.info(nextSteps(name));
  };
}

/** The accounts as TypeScript. */
function placementOf(accounts: string): string {
  if (accounts === "every") return '"every"';
  const given = accounts.split(",");
  const unknown = given.filter((duty) => !DUTIES.some((known) => known === duty));
  if (unknown.length > 0) {
    throw new LandfallError("Can't make the stack:", [
      { path: "accounts", given: accounts, allowed: `every, or a list of ${DUTIES.join(", ")}, by commas` },
    ]);
  }
  return JSON.stringify(given);
}

const nextSteps = (name: string): string =>
  [
    `The stack '${name}' is made. Next:`,
    `  stacks/${name}/src/                               put its resources in, and what it promises into contract.ts`,
    `  npx nx run-many -t lint,test,synth -p ${name}     it passes as it is`,
    "  libs/identity/src/services/                       name a type of resource that no stack has made yet",
    "  stacks/README.md                                  say what it holds and what it costs",
    "  npm run docs                                      writes what the pages say of permissions and reachability",
  ].join("\n");
