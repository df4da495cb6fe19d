/** `npm run fsbp`: synthesizes a whole zone to a temporary folder, judges it and writes the ledger. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BAD_INPUT, command } from "./command";

const ROOT = resolve(__dirname, "../../..");

/** The zone that has the most in it. */
const DEFAULT_ZONE = "organization";

const LEDGER = "dist/fsbp/ledger.json";

/** Takes `--zone <zone>` out of the arguments: the rest are those of `landfall-fsbp`. */
function withoutZone(argv: readonly string[]): { readonly zone: string; readonly rest: readonly string[] } {
  const at = argv.findIndex((word) => word === "--zone" || word.startsWith("--zone="));
  if (at < 0) return { zone: process.env.LANDFALL_ZONE ?? DEFAULT_ZONE, rest: argv };
  const [, inline] = (argv[at] ?? "").split("=");
  return inline === undefined
    ? { zone: argv[at + 1] ?? "", rest: argv.toSpliced(at, 2) }
    : { zone: inline, rest: argv.toSpliced(at, 1) };
}

async function main(argv: readonly string[]): Promise<number> {
  const { zone, rest } = withoutZone(argv);
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(`Judges a whole zone: npm run fsbp -- [--zone ${DEFAULT_ZONE}] [options]\n\n`);
    return command(["--help"]);
  }
  const out = mkdtempSync(join(tmpdir(), "landfall-fsbp-"));
  try {
    const { status } = spawnSync(
      process.execPath,
      [join(ROOT, "tools/synth/synth.mjs"), "--zone", zone, "--out", out],
      // It is judged below.
      { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, LANDFALL_FSBP: "off" } },
    );
    if (status !== 0) return BAD_INPUT;
    const ledger = rest.some((word) => word.startsWith("--ledger")) ? [] : ["--ledger", join(ROOT, LEDGER)];
    return await command([out, ...ledger, ...rest], undefined, `zone ${zone}`);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).then((code) => (process.exitCode = code));
