import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type DeployResult, type LeftOut, type PlanResult } from "@landfall/nx-terraform";
import { ROOT } from "./local-zone";
import { type SampleResult } from "./sample";

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
  /** What was done to each app, by its name, and how much of that came out as it has to. */
  readonly apps: Readonly<Record<string, { readonly tried: number; readonly asExpected: number }>>;
  readonly seconds: Readonly<Record<Phase, number>>;
}

/** The parts of a run that are timed. */
export type Phase = "setup" | "synth" | "deploy" | "apps" | "replan";

/** What came out of the samples of each app, by its name. */
export type AppResults = Readonly<Record<string, readonly SampleResult[]>>;

const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((total, item) => total + count(item), 0);

const isAsExpected = ({ outcome, expected }: SampleResult): boolean => outcome === expected;

export function summarize(run: {
  readonly deployed: readonly DeployResult[];
  readonly apps: AppResults;
  readonly replanned: readonly PlanResult[];
  readonly seconds: Readonly<Record<Phase, number>>;
}): Summary {
  return {
    stacks: run.deployed.length,
    resources: sum(run.deployed, ({ resources }) => resources),
    applied: sum(run.deployed, ({ applied }) => applied),
    notEmulated: run.deployed.flatMap(({ notEmulated }) => notEmulated),
    replanChanges: sum(run.replanned, ({ add, change, destroy }) => add + change + destroy),
    apps: Object.fromEntries(
      Object.entries(run.apps).map(([app, results]) => [
        app,
        { tried: results.length, asExpected: results.filter(isAsExpected).length },
      ]),
    ),
    seconds: run.seconds,
  };
}

/** What is wrong with a run, one line each; nothing when all is as it should be. */
export function complaints(summary: Summary, apps: AppResults): string[] {
  const missing = summary.resources - summary.applied - summary.notEmulated.length;
  return [
    ...(missing === 0 ? [] : [`${missing} resources were neither applied nor listed as not emulated`]),
    ...(summary.replanChanges === 0 ? [] : [`a second plan finds ${summary.replanChanges} changes`]),
    ...Object.entries(apps).flatMap(([app, results]) =>
      results
        .filter((result) => !isAsExpected(result))
        .map(({ what, outcome, expected }) => `${app}: ${what} was ${outcome}, expected: ${expected}`),
    ),
  ];
}

/** @returns the file's path from the workspace's root */
export function writeSummary(summary: Summary): string {
  const file = join("dist", "local", "summary.json");
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), `${JSON.stringify(summary, undefined, 2)}\n`);
  return file;
}
