import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LandfallError, nearest } from "@landfall/core";
import { SKIP } from "@landfall/delivery-stages";
import { type Announcement, readRunningEmulator, startEmulator } from "@landfall/local";
import { zonesIn } from "@landfall/nx-terraform";
import { readZone } from "@landfall/permissions";
import { type Approve, askOnTerminal } from "./approval";
import { type Options } from "./options";
import { readPipeline } from "./pipeline";
import { Rehearsal } from "./rehearsal";
import { packSource } from "./source";
import { Store } from "./store";
import { synthesize } from "./synthesize";

/** More executions than any chain of contracts is long. */
const MOST_EXECUTIONS = 20;

/**
 * Rehearses the pipeline of an emulated zone, from its source to its last stage.
 *
 * @throws LandfallError where an action fails, is refused, or is rejected
 */
export async function rehearse(root: string, options: Options, say: (line: string) => void): Promise<void> {
  const { zone, install } = options;
  assertZone(zone, zonesIn(root));
  const scratch = mkdtempSync(join(tmpdir(), "landfall-rehearse-"));
  let stop = (): Promise<void> => Promise.resolve();
  try {
    const synth = join(scratch, "synth");
    const { emulated, region, account } = synthesize(root, zone, synth);
    if (!emulated) {
      throw new LandfallError(
        `'--zone' must be a zone of the emulator, got: ${zone}, which is one of AWS; nothing was run`,
      );
    }
    const pipeline = readPipeline(synth, zone);
    mkdirSync(join(scratch, "source"));
    const source = packSource(root, options.source, join(scratch, "source"));
    const running = await readRunningEmulator(root);
    const emulator: Pick<Announcement, "env" | "endpoint"> =
      running ??
      (await startEmulator({ root, region, account }).then((each) => ((stop = () => each.stop()), each)));

    for (const line of heading(options, source, running !== undefined)) say(line);
    const store = new Store(root, zone);
    if (options.from === undefined) store.clear();
    const rehearsal = new Rehearsal({
      root,
      zone,
      pipeline,
      permissions: readZone(synth),
      revision: source.revision,
      source: source.zip,
      emulator,
      install,
      approve: options.approve ? yes : askOnTerminal,
      store,
      say,
    });
    const executions = await repeat(rehearsal, options, say);
    say(
      `\nThe pipeline ${pipeline.name} was rehearsed: ${executions} ${executions > 1 ? "executions" : "execution"}`,
    );
  } finally {
    await stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs the pipeline again as long as a plan leaves stacks for the next execution, as a person would. */
async function repeat(rehearsal: Rehearsal, options: Options, say: (line: string) => void): Promise<number> {
  await rehearsal.execute(options);
  if (options.once || options.until !== undefined) return 1;
  let executions = 1;
  for (let waiting = rehearsal.waiting(); waiting.length > 0; waiting = rehearsal.waiting()) {
    if (executions === MOST_EXECUTIONS) {
      throw new LandfallError(
        `After ${executions} executions these still wait: ${waiting.map(({ stack }) => stack).join(", ")}`,
      );
    }
    executions += 1;
    say(
      `\nExecution ${executions}, of the same revision: what was verified stays, the zone is planned again`,
    );
    await rehearsal.execute({ from: `${options.zone}/Plan`, until: undefined });
  }
  return executions;
}

const yes: Approve = () => Promise.resolve(true);

function heading(
  { source, install, zone, from }: Options,
  { revision, uncommitted }: { readonly revision: string; readonly uncommitted: number },
  running: boolean,
): string[] {
  const files = `${uncommitted} ${uncommitted === 1 ? "file" : "files"}`;
  return [
    `Rehearsal of the pipeline of zone ${zone}, at ${revision.slice(0, 12)}`,
    ...(uncommitted === 0
      ? []
      : [
          source === "head"
            ? `  left out: ${files} that are not committed`
            : `  with ${files} that are not committed`,
        ]),
    `  packages: ${install === "ci" ? "npm ci in each build" : "linked from this workspace; npm ci is not rehearsed"}`,
    `  emulator: ${running ? "the one that runs, with what is in it" : "a new one, empty, which ends with this"}`,
    ...(process.env[SKIP] === undefined ? [] : [`  Verify leaves out: ${process.env[SKIP]}`]),
    ...(from !== undefined && !running
      ? ["  what was deployed before ended with its emulator: `npm run local` keeps one up"]
      : []),
    "  played: source, builds, artifacts, variables, approvals; simulated: the roles' calls; not played: triggers, notices, IAM",
  ];
}

function assertZone(zone: string, known: readonly string[]): void {
  if (known.includes(zone)) return;
  const guess = nearest(zone, known);
  throw new LandfallError(
    `'--zone' must be one of ${known.join(", ")}, got: ${zone}${guess === undefined ? "" : ` (did you mean '${guess}'?)`}`,
  );
}
