import { logger, names, type Tree } from "@nx/devkit";
import { functionNameProblems, refuse } from "../shared/check-name";
import { formatted } from "../shared/formatted";
import { placeFiles } from "../shared/place-files";
import { fromTemplate } from "../shared/templates";
import { appNames, mustBeOneOf } from "../shared/workspace-names";
import { wired } from "./wire";

export interface FunctionOptions {
  readonly name: string;
  /** The app that gets it. */
  readonly app: string;
}

/** The files of the smallest app that are the app's and not its function's. */
const OF_THE_APP = /\/(?:README\.md|infra\/(?:contract|stack)(?:\.test)?\.ts)$/;

/**
 * Adds a function to an app: an event → queue → function → table, with its alarms, and makes it in the app's stack.
 *
 * @throws LandfallError when the name can't be used, or there is no such app
 */
export async function functionGenerator(tree: Tree, { name, app }: FunctionOptions): Promise<void> {
  mustBeOneOf("app", app, appNames(tree));
  refuse(`the function '${name}'`, functionNameProblems(tree, name, app));
  const files = new Map(
    [...fromTemplate("app", `apps/${app}`, { "sample-app": app, "sample-task": name })].filter(
      ([path]) => !OF_THE_APP.test(path),
    ),
  );
  if (!(await placeFiles(tree, `The function '${name}' of ${app}`, files))) return;

  const stack = `apps/${app}/infra/stack.ts`;
  const { source, missing } = wired(tree.read(stack, "utf-8") ?? "", name);
  if (missing === undefined) tree.write(stack, await formatted(tree, stack, source));
  logger.info(nextSteps(name, app, missing));
}

function nextSteps(name: string, app: string, missing: string | undefined): string {
  const { className, propertyName } = names(name);
  return [
    `The function '${name}' of ${app} is made. Next:`,
    ...(missing === undefined
      ? []
      : [
          `  apps/${app}/infra/stack.ts was left as it is: ${missing}. Write into its constructor, with the import:`,
          `    new ${className}Function(this, "${className}", { keys, logging, network });`,
        ]),
    `  apps/${app}/infra/stack.ts     show it on the dashboard; publish what others need of it (const ${propertyName} = …)`,
    `  apps/${app}/src/${name}.ts     put in what it does`,
    `  npx nx run-many -t lint,test,synth -p ${app}`,
    "  npm run docs                   writes what the pages say of permissions and reachability",
  ].join("\n");
}
