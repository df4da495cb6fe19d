import { type GeneratorCallback, logger, type Tree } from "@nx/devkit";
import { functionNameProblems, refuse, stackNameProblems } from "../shared/check-name";
import { linkPackages } from "../shared/install";
import { manifest } from "../shared/manifest";
import { placeFiles } from "../shared/place-files";
import { contractsRead, listStack } from "../shared/shared-lists";
import { fromTemplate } from "../shared/templates";
import { appNames, mustBeOneOf } from "../shared/workspace-names";
import { copyOf } from "./copy";
import { placesThatKnow } from "./places-that-know";

export interface AppOptions {
  readonly name: string;
  /** The app to copy. @default none: the smallest app, EventBridge → SQS → Lambda → DynamoDB */
  readonly from?: string;
  /** The function of the smallest app. @default "take-in" */
  readonly function?: string;
  /** Whether npm is not run. @default false */
  readonly skipInstall?: boolean;
}

/**
 * Makes an app: a copy of another one under its own name, or the smallest one.
 *
 * @throws LandfallError when the name or the source can't be used
 */
export async function appGenerator(tree: Tree, options: AppOptions): Promise<GeneratorCallback> {
  const { name, from, skipInstall = false } = options;
  const what = `the app '${name}'`;
  if (from !== undefined)
    mustBeOneOf(
      "from",
      from,
      appNames(tree).filter((app) => app !== name),
    );
  refuse(what, stackNameProblems(tree, name, "apps"));
  const files =
    from === undefined ? smallest(tree, name, options.function ?? "take-in") : copyOf(tree, from, name);
  if (!(await placeFiles(tree, `The app '${name}'`, files))) return () => undefined;

  const infra = [...files].filter(([path]) => path.startsWith(`apps/${name}/infra/`));
  await listStack(tree, {
    kind: "app",
    name,
    ...placementIn(infra.find(([path]) => path.endsWith("/stack.ts"))?.[1] ?? ""),
    holds: from === undefined ? "an app: queue, function, table" : `an app, made from ${from}`,
    reads: contractsRead(infra.filter(([path]) => !path.endsWith(".test.ts")).map(([, content]) => content)),
  });
  const known = from === undefined ? [] : placesThatKnow(tree, from);
  return async () => {
    await linkPackages(tree, skipInstall)();
    logger.info(nextSteps(name, from, known));
  };
}

function smallest(tree: Tree, name: string, task: string): Map<string, string> {
  refuse(`the function '${task}'`, functionNameProblems(tree, task, name));
  return new Map([
    [`apps/${name}/package.json`, manifest("app", name, { ".": "./infra/stack.ts" })],
    ...fromTemplate("app", `apps/${name}`, { "sample-app": name, "sample-task": task }),
  ]);
}

/** Where a stack is, as its definition says. */
export function placementIn(source: string): { scope: string; accounts: string } {
  const definition = source.slice(source.indexOf("defineStack({"));
  const accounts = /accounts: ("every"|\[[^\]]*\])/.exec(definition)?.[1] ?? "";
  return {
    scope: /scope: "(\w+)"/.exec(definition)?.[1] ?? "",
    accounts: [...accounts.matchAll(/"([\w-]+)"/g)].map((match) => match[1]).join(", "),
  };
}

const nextSteps = (name: string, from: string | undefined, known: readonly string[]): string =>
  [
    `The app '${name}' is made. Next:`,
    `  npx nx run-many -t lint,test,synth -p ${name}     it passes as it is`,
    "  npm run docs                                      writes what the pages say of permissions and reachability",
    `  stacks/README.md                                  add what it costs`,
    ...(known.length === 0
      ? []
      : [
          `These name '${from}' and were left as they are; see whether what they say holds for '${name}' too:`,
          ...known.map((file) => `  ${file}`),
        ]),
  ].join("\n");
