import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { type CapturedSources } from "./source-capture";

/**
 * A file of the workspace, as esbuild names it from the output folder: `../../../stacks/network/src/stack.ts`. It is below a
 * project's `src` or `infra`, since the folder that holds the workspace may itself be named `apps`.
 */
const WORKSPACE_FILE = /(?:^|\/)((?:apps|stacks|libs)\/[^/]+\/(?:src|infra)\/(?!.*node_modules).*)$/;

/** What a synthesizer's output folder tells of where things were made. */
interface Sources {
  readonly captured: CapturedSources;
  readonly trace: TraceMap;
}

/**
 * The lines of TypeScript that made a resource: first the author's in `stacks` or `apps`, then the constructs' in
 * `libs`, innermost last.
 *
 * @param outdir a synthesizer's output folder
 * @param instance e.g. `local-network-eu-west-1`
 * @param address e.g. `aws_vpc.Vpc_1234ABCD`, an index such as `[0]` is ignored
 * @returns e.g. `["stacks/network/src/stack.ts:20", "libs/network/src/vpc.ts:54"]`; empty when nothing is known
 */
export const sourceLines = (outdir: string, instance: string, address: string): readonly string[] =>
  sourceLinesIn(outdir)(instance, address);

/** As {@link sourceLines}, for many resources of one folder: its files are read once, when the first is asked for. */
export function sourceLinesIn(outdir: string): (instance: string, address: string) => readonly string[] {
  let sources: Sources | undefined;
  let isRead = false;
  return (instance, address) => {
    if (!isRead) sources = read(outdir);
    isRead = true;
    return sources === undefined ? [] : linesOf(sources, instance, address);
  };
}

function read(outdir: string): Sources | undefined {
  const [sources, map] = [join(outdir, "sources.json"), join(outdir, "synth.cjs.map")];
  if (!existsSync(sources) || !existsSync(map)) return undefined;
  return {
    captured: JSON.parse(readFileSync(sources, "utf8")) as CapturedSources,
    trace: new TraceMap(readFileSync(map, "utf8")),
  };
}

function linesOf({ captured, trace }: Sources, instance: string, address: string): readonly string[] {
  const frames = captured[instance]?.[address.replace(/\[[^\]]*\]$/, "")] ?? [];
  const lines = frames.flatMap((frame) => {
    const [line = 0, column = 0] = frame.split(":").map(Number);
    const position = originalPositionFor(trace, { line, column: Math.max(0, column - 1) });
    const file = position.source === null ? undefined : WORKSPACE_FILE.exec(normalize(position.source))?.[1];
    // The base stack and its app are in every trace and explain nothing.
    return file === undefined || file.startsWith("libs/stack/") ? [] : [`${file}:${position.line}`];
  });
  const unique = [...new Set(lines)].reverse();
  const authored = unique.filter((line) => !line.startsWith("libs/"));
  // Of a stack's own lines the deepest is the one to change; the others only call it.
  return [...authored.slice(-1), ...unique.filter((line) => line.startsWith("libs/"))];
}
