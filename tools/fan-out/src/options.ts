import { parseArgs } from "node:util";
import { LandfallError, nearest } from "@landfall/core";

/** The targets that make sense in a batch: each stack's is of its own. */
const TARGETS = ["plan", "apply", "deploy", "drift", "validate"];

export interface Options {
  readonly zone: string;
  readonly target: string;
  readonly affected: boolean;
  readonly waves: boolean;
}

export const help = `Prints a CodeBuild buildspec that runs a target as a batch: one build for each stack, in Nx's order.

  node tools/run.mjs fan-out --zone <zone> --target <target> [--affected] [--waves]

  --zone       a folder of libs/zones
  --target     one of ${TARGETS.join(", ")}
  --affected   only stacks that differ from NX_BASE, and what they wait for    default: every stack
  --waves      what runs at the same time, for people, instead of the buildspec

Example: node tools/run.mjs fan-out --zone sandbox --target plan > dist/fan-out/plan.json`;

/** @returns `undefined` when help is asked for @throws LandfallError naming every problem at once */
export function parseOptions(argv: readonly string[], zones: readonly string[]): Options | undefined {
  const { values } = parsed(argv);
  if (values.help === true) return undefined;
  const problems = [
    ...problemOf("--zone", values.zone, zones),
    ...problemOf("--target", values.target, TARGETS),
  ];
  if (problems.length > 0) throw new LandfallError(problems.join("\n"));
  return {
    zone: values.zone ?? "",
    target: values.target ?? "",
    affected: values.affected ?? false,
    waves: values.waves ?? false,
  };
}

function problemOf(option: string, value: string | undefined, known: readonly string[]): string[] {
  if (value !== undefined && known.includes(value)) return [];
  const guess = value === undefined ? undefined : nearest(value, known);
  const hint = guess === undefined ? "" : ` (did you mean '${guess}'?)`;
  return [`'${option}' must be one of ${known.join(", ")}, got: ${value ?? "nothing"}${hint}`];
}

function parsed(argv: readonly string[]) {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: { zone: text, target: text, affected: flag, waves: flag, help: { ...flag, short: "h" } },
    });
  } catch (error) {
    // Node adds advice on positional arguments that is of no use here.
    throw new LandfallError((error as Error).message.split(". ")[0] ?? "");
  }
}
