import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Figures } from "./table";
import { timed } from "./timed";

/** Where the time of `npm start` goes: one whole run. */
export function benchStart(root: string): Figures {
  const { milliseconds } = timed(["--import", "tsx", "tools/local/src/commands/start.ts"], root);
  const { seconds, resources, stacks } = JSON.parse(
    readFileSync(join(root, "dist", "local", "summary.json"), "utf8"),
  ) as {
    readonly seconds: Readonly<Record<string, number>>;
    readonly resources: number;
    readonly stacks: number;
  };
  const total = milliseconds / 1000;
  const row = (what: string, value: number) => [
    what,
    `${value.toFixed(1)} s`,
    `${Math.round((value / total) * 100)} %`,
  ];
  const parts = Object.entries(seconds).map(([phase, value]) => row(phase, value));
  return {
    columns: [`\`npm start\`: ${stacks} stacks, ${resources} resources`, "time", "share"],
    rows: [...parts, row("whole command", total)],
  };
}
