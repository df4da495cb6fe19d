import { parseArgs } from "node:util";

import { LandfallError } from "@landfall/core";

import { deploy } from "./commands/deploy";
import { destroy } from "./commands/destroy";
import { output } from "./commands/output";
import { plan } from "./commands/plan";
import { validate } from "./commands/validate";
import { InterruptedError, Interruption } from "./interruption";
import type { FindSourceLines, Request } from "./session";
import { assertKnown, findRoot } from "./workspace";

const commands: Readonly<Record<string, (request: Request) => Promise<void>>> = {
  validate,
  plan,
  deploy,
  destroy,
  output,
};

const help = `Runs Terraform for one stack in one zone, on what was synthesized before. Nx runs this for you.

Usage: <command> --stack <stack> --zone <zone>

Commands:
  validate   check every instance against the provider's schema; needs no account
  plan       show what a deploy would change, and write plan.json
  deploy     plan, then apply exactly that plan, and write deploy.json
  destroy    destroy all that the stack's states hold
  output     show the contract values that the stack has published

Examples:
  npx nx plan network                              the local zone: run \`npm run local\` in another terminal
  npx nx deploy network --configuration=sandbox    a real account, with your AWS credentials
  npx nx run-many -t validate                      every stack of the local zone

Working folders, logs and results are in dist/terraform/<zone>/<instance>/.`;

/** @returns the exit code */
async function main(argv: readonly string[], print: (line: string) => void): Promise<number> {
  const { command, stack, zone } = parse(argv);
  if (command === "help") {
    print(help);
    return 0;
  }
  assertKnown("command", command, Object.keys(commands));
  if (stack === undefined || zone === undefined) {
    throw new LandfallError(
      `${command} needs --stack and --zone, e.g. ${command} --stack network --zone local`,
    );
  }
  const interruption = new Interruption((line) => print(`${stack}  ${line}`));
  interruption.listen();
  // Only a failure needs the synthesizer's code.
  const { sourceLines }: { sourceLines: FindSourceLines } = await import("@landfall/synth");
  await commands[command]?.({
    root: findRoot(process.cwd()),
    command,
    stack,
    zone,
    print,
    interruption,
    sourceLines,
  });
  return 0;
}

function parse(argv: readonly string[]): {
  command: string;
  stack: string | undefined;
  zone: string | undefined;
} {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { stack: { type: "string" }, zone: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    const command = values.help === true ? "help" : (positionals[0] ?? "help");
    return { command, stack: values.stack, zone: values.zone };
  } catch (error) {
    // Node adds advice on positional arguments that is of no use here.
    throw new LandfallError((error as Error).message.split(". ")[0] ?? "");
  }
}

main(process.argv.slice(2), console.log)
  .catch((error: unknown) => {
    if (error instanceof InterruptedError) {
      console.error(`${error.message}; run it again to continue`);
      return error.exitCode;
    }
    console.error(error instanceof LandfallError ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
