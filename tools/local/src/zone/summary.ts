import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type DeployResult, type LeftOut, type PlanResult } from "@landfall/nx-terraform";
import { type Outcome, type SampleResult } from "./intake-samples";
import { ROOT } from "./local-zone";

/** What `npm start` has seen, as `dist/local/summary.json` holds it. */
export interface Summary {
  /** Stack instances. */
  readonly stacks: number;
  /** Resources that were synthesized. */
  readonly resources: number;
  /** Resources that exist in the emulator. */
  readonly applied: number;
  readonly notEmulated: readonly LeftOut[];
  /** Changes that a second plan finds: 0 where nothing drifts. */
  readonly replanChanges: number;
  readonly events: {
    readonly sent: number;
    readonly catalogued: number;
    readonly deadLettered: number;
    readonly deduplicated: number;
    readonly lost: number;
  };
  readonly seconds: Readonly<Record<Phase, number>>;
}

/** The parts of a run that are timed. */
export type Phase = "setup" | "synth" | "deploy" | "events" | "replan";

const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((total, item) => total + count(item), 0);

export function summarize(run: {
  readonly deployed: readonly DeployResult[];
  readonly samples: readonly SampleResult[];
  readonly replanned: readonly PlanResult[];
  readonly seconds: Readonly<Record<Phase, number>>;
}): Summary {
  const count = (outcome: Outcome) => run.samples.filter((sample) => sample.outcome === outcome).length;
  return {
    stacks: run.deployed.length,
    resources: sum(run.deployed, ({ resources }) => resources),
    applied: sum(run.deployed, ({ applied }) => applied),
    notEmulated: run.deployed.flatMap(({ notEmulated }) => notEmulated),
    replanChanges: sum(run.replanned, ({ add, change, destroy }) => add + change + destroy),
    events: {
      sent: run.samples.length,
      catalogued: count("catalogued"),
      deadLettered: count("dead-lettered"),
      deduplicated: count("deduplicated"),
      lost: count("lost"),
    },
    seconds: run.seconds,
  };
}

/** What is wrong with a run, one line each; nothing when all is as it should be. */
export function complaints(summary: Summary, samples: readonly SampleResult[]): string[] {
  const missing = summary.resources - summary.applied - summary.notEmulated.length;
  return [
    ...(missing === 0 ? [] : [`${missing} resources were neither applied nor listed as not emulated`]),
    ...(summary.replanChanges === 0 ? [] : [`a second plan finds ${summary.replanChanges} changes`]),
    ...samples
      .filter(({ outcome, expected }) => outcome !== expected)
      .map(({ file, outcome, expected }) => `${file} was ${outcome}, expected: ${expected}`),
  ];
}

/** @returns the file's path from the workspace's root */
export function writeSummary(summary: Summary): string {
  const file = join("dist", "local", "summary.json");
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), `${JSON.stringify(summary, undefined, 2)}\n`);
  return file;
}
