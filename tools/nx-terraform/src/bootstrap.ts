/** `npm run bootstrap`: what an administrator applies by hand, once, before anything else of a zone can be deployed. */
import { spawnSync } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";

import { LandfallError } from "@landfall/core";

import { bootstrap, type Confirm } from "./commands/bootstrap";
import { InterruptedError, Interruption } from "./interruption";
import { assertKnown, findRoot, readSynthesis, zonesIn } from "./workspace";

/** What an administrator applies: first of all what bounds the deployers, and once the zone is there its pipeline. */
const STACKS = ["bootstrap", "delivery"];

const help = `Applies a zone's bootstrap stack with your own credentials, those of an administrator: the state bucket and its
key, the permission boundaries, and the roles that plan and deploy everything else.

  npm run bootstrap -- --zone <zone> [--stack delivery] [--yes]

  --zone   a folder of libs/zones, e.g. sandbox
  --stack  bootstrap, or delivery: the pipeline, once the stacks are deployed that it reads
  --yes    apply without asking

In an organization, sign in to the management account: the others are reached through OrganizationAccountAccessRole.
Run it again whenever something in stacks/bootstrap changes, or an account is added.`;

async function main(argv: readonly string[], print: (line: string) => void): Promise<number> {
  const { zone, stack, yes, help: wanted } = parse(argv);
  if (wanted) {
    print(help);
    return 0;
  }
  const root = findRoot(process.cwd());
  if (zone === undefined)
    throw new LandfallError("--zone is missing, e.g. npm run bootstrap -- --zone sandbox");
  assertKnown("zone", zone, zonesIn(root));
  assertKnown("stack", stack, STACKS);
  const { status, stderr } = spawnSync(
    process.execPath,
    ["tools/synth/synth.mjs", "--zone", zone, "--stack", stack],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new LandfallError(stderr.trim());
  if (readSynthesis(root, zone, stack).zone.emulated) {
    throw new LandfallError(
      `The zone ${zone} runs on the emulator, where nobody is an administrator: npm run local`,
    );
  }

  const interruption = new Interruption((line) => print(`${stack}  ${line}`));
  interruption.listen();
  const { sourceLines } = await import("@landfall/synth");
  // It asks before it applies: one question at a time.
  const parallel = 1;
  const request = {
    root,
    command: "bootstrap",
    stack,
    zone,
    print,
    interruption,
    sourceLines,
    parallel,
  };
  await bootstrap(request, yes ? () => Promise.resolve(true) : ask);
  return 0;
}

const ask: Confirm = async (question) => {
  if (!process.stdin.isTTY) throw new LandfallError(`${question} Nobody can answer here: add --yes`);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} (yes/no) `)).trim());
  } finally {
    lines.close();
  }
};

function parse(argv: readonly string[]): { zone?: string; stack: string; yes: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        zone: { type: "string" },
        stack: { type: "string", default: "bootstrap" },
        yes: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new LandfallError(`${(error as Error).message.split(". ")[0]}\n\n${help}`);
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
