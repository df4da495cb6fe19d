import { join } from "node:path";
import { parseArgs } from "node:util";

import { LandfallError } from "@landfall/core";

import { apply } from "./commands/apply";
import { deploy } from "./commands/deploy";
import { destroy } from "./commands/destroy";
import { drift } from "./commands/drift";
import { output } from "./commands/output";
import { plan } from "./commands/plan";
import { unlock } from "./commands/unlock";
import { validate } from "./commands/validate";
import { InterruptedError, Interruption } from "./interruption";
import type { FindSourceLines, Request } from "./session";
import { writeZoneSummary } from "./summary";
import { assertKnown, findRoot } from "./workspace";

/** What a command is told beside its stack and zone. */
interface Options {
  readonly confirm?: string;
  readonly id?: string;
  readonly json?: boolean;
  readonly "report-only"?: boolean;
}

const commands: Readonly<Record<string, (request: Request, options: Options) => Promise<void>>> = {
  validate,
  plan: planAndRollUp,
  apply,
  deploy,
  drift: (request, options) => drift(request, options["report-only"]),
  destroy: (request, { confirm }) => destroy(request, confirm),
  unlock: (request, { id }) => unlock(request, id),
  output: (request, { json }) => output(request, json),
};

/** The one command that each option is for. */
const commandOf: Readonly<Record<keyof Options, string>> = {
  confirm: "destroy",
  id: "unlock",
  json: "output",
  "report-only": "drift",
};

const help = `Runs Terraform for one stack in one zone, on what was synthesized before. Nx runs this for you.

Usage: <command> --stack <stack> --zone <zone> [option]

Commands:
  validate   check every instance against the provider's schema; needs no account
  plan       show what a deploy would change, and save the plan
  apply      apply the saved plan, or refuse because something has moved since, and write deploy.json
  deploy     plan, then apply exactly that plan, and write deploy.json
  drift      show what was changed outside of Terraform, and write drift.json; fails when something was
               --report-only      succeed all the same
  destroy    destroy all that the stack's states hold
               --confirm=<names>  the zone's name, and <zone>/<stack> for each protected stack, separated by commas
  unlock     show who holds the lock of the stack's states
               --id=<lock id>     release this one, whose run is dead
  output     show the contract values that the stack has published
               --json             as one JSON object

Examples:
  npx nx plan network                              the local zone: run \`npm run local\` in another terminal
  npx nx deploy network --configuration=sandbox    a real account, with your AWS credentials
  npx nx run-many -t validate                      every stack of the local zone

Working folders, logs and results are in dist/terraform/<zone>/<instance>/.`;

/** What was planned before a failure is in the zone's summary too. */
async function planAndRollUp(request: Request): Promise<void> {
  try {
    await plan(request);
  } finally {
    writeZoneSummary(join(request.root, "dist", "plans", request.zone), request.zone);
  }
}

/** Node.js 20 runs all of this; the AWS SDK would say at every start that its later versions will not. */
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** @returns the exit code */
async function main(argv: readonly string[], print: (line: string) => void): Promise<number> {
  const { command, stack, zone, options } = parse(argv);
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
  for (const name of Object.keys(options) as (keyof Options)[]) {
    if (commandOf[name] !== command)
      throw new LandfallError(`--${name} is for ${commandOf[name]}, got: ${command}`);
  }
  const interruption = new Interruption((line) => print(`${stack}  ${line}`));
  interruption.listen();
  // Only a failure needs the synthesizer's code.
  const { sourceLines }: { sourceLines: FindSourceLines } = await import("@landfall/synth");
  const root = findRoot(process.cwd());
  await commands[command]?.({ root, command, stack, zone, print, interruption, sourceLines }, options);
  return 0;
}

function parse(argv: readonly string[]): {
  command: string;
  stack: string | undefined;
  zone: string | undefined;
  options: Options;
} {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        stack: { type: "string" },
        zone: { type: "string" },
        help: { type: "boolean", short: "h" },
        confirm: { type: "string" },
        id: { type: "string" },
        json: { type: "boolean" },
        "report-only": { type: "boolean" },
      },
    });
    const { stack, zone, help: wanted, ...options } = values;
    return { command: wanted === true ? "help" : (positionals[0] ?? "help"), stack, zone, options };
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
