import { parseArgs } from "node:util";
import { LandfallError } from "@landfall/core";

export interface Options {
  /** `undefined` runs the command without a cache: where none is set, e.g. on a laptop. */
  readonly bucket: string | undefined;
  readonly region: string | undefined;
  readonly readOnly: boolean;
  /** What runs beside the cache: a program and its arguments. */
  readonly command: readonly [string, ...string[]];
}

export const help = `Runs a command with Nx's remote cache on an S3 bucket: served on 127.0.0.1 while the command runs, by a token of this run.

  node tools/run.mjs remote-cache [--bucket <bucket>] [--region <region>] [--read-only] -- <command>…

  --bucket      the bucket                    default: $LANDFALL_CACHE_BUCKET; without it, no cache is used
  --region      its region                    default: $AWS_REGION
  --read-only   refuse every write            default: unless $LANDFALL_CACHE_READ_ONLY is false

Example: node tools/run.mjs remote-cache --bucket my-cache -- npx nx affected -t lint test synth`;

/** S3's own rules for names, so that a name can't lead elsewhere. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const FLAGS = ["true", "false"];

/**
 * @returns `undefined` when help is asked for
 * @throws LandfallError naming every problem at once
 */
export function parseOptions(argv: readonly string[], env: NodeJS.ProcessEnv): Options | undefined {
  const split = argv.indexOf("--");
  const values = parsed(split < 0 ? argv : argv.slice(0, split));
  if (values.help === true) return undefined;
  const [program, ...args] = split < 0 ? [] : argv.slice(split + 1);
  const bucket = values.bucket ?? (env.LANDFALL_CACHE_BUCKET || undefined);
  // Only a build that is told so may write: what is not said must not open the cache.
  const readOnly = env.LANDFALL_CACHE_READ_ONLY ?? "true";
  const problems = [
    ...(bucket === undefined || BUCKET.test(bucket)
      ? []
      : [`'--bucket' must be a bucket's name, e.g. my-cache, got: ${bucket === "" ? "nothing" : bucket}`]),
    ...(FLAGS.includes(readOnly)
      ? []
      : [`'LANDFALL_CACHE_READ_ONLY' must be one of ${FLAGS.join(", ")}, got: ${readOnly}`]),
    ...(program === undefined
      ? ["'command' must follow --, e.g. -- npx nx affected -t test, got: nothing"]
      : []),
  ];
  if (problems.length > 0 || program === undefined) throw new LandfallError(problems.join("\n"));
  return {
    bucket,
    region: values.region,
    readOnly: values["read-only"] === true || readOnly === "true",
    command: [program, ...args],
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { bucket: text, region: text, "read-only": flag, help: { ...flag, short: "h" } },
    }).values;
  } catch (error) {
    // Node adds advice on positional arguments that is of no use here.
    throw new LandfallError((error as Error).message.split(". ")[0] ?? "");
  }
}
