import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildSpec, PHASES } from "./build-spec";

/** How the packages come into a clean folder. */
export const INSTALLS = ["ci", "link"] as const;
export type Install = (typeof INSTALLS)[number];

export interface BuildOptions {
  readonly spec: BuildSpec;
  /** The clean folder with the source. */
  readonly folder: string;
  /** A folder for what the build leaves beside it. */
  readonly scratch: string;
  readonly env: Readonly<Record<string, string>>;
  /** With `link`, `npm ci` is not run: the packages are there. */
  readonly install: Install;
  /** The file that takes all that the build prints. */
  readonly log: string;
  readonly say: (line: string) => void;
}

export interface Built {
  readonly code: number;
  /** The variables that the buildspec exports. */
  readonly variables: Readonly<Record<string, string>>;
}

const INSTALL_COMMAND = /^\s*npm ci\b/;

/**
 * Runs a buildspec's own commands as CodeBuild does: all of them in one shell, a phase ends at its first command that fails,
 * `finally` follows all the same, and a failed `build` is still followed by `post_build`.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html
 */
export async function runBuild(options: BuildOptions): Promise<Built> {
  const { spec, folder, scratch, env, log } = options;
  const variables = join(scratch, "variables");
  mkdirSync(variables, { recursive: true });
  const script = join(scratch, "build.sh");
  writeFileSync(script, scriptOf(spec, options.install, variables));
  writeFileSync(log, "");
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn("bash", [script], {
      cwd: folder,
      env: { ...env, ...spec.env.variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8").on("data", (text: string) => {
        appendFileSync(log, text);
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) options.say(line);
      });
      stream.on("end", () => {
        if (rest !== "") options.say(rest);
      });
    }
    child.once("error", reject);
    child.once("close", (exit) => resolve(exit ?? 1));
  });
  const exported = spec.env["exported-variables"].filter((name) => existsSync(join(variables, name)));
  return {
    code,
    variables: Object.fromEntries(
      exported.map((name) => [name, readFileSync(join(variables, name), "utf8")]),
    ),
  };
}

/** The commands as one script, so that what one of them exports reaches those after it. */
export function scriptOf(spec: BuildSpec, install: Install, variables: string): string {
  const lines = ["failed=0"];
  for (const name of PHASES) {
    const phase = spec.phases[name];
    if (phase === undefined) continue;
    // After a failed build, post_build is run for what it clears away.
    const runs = name === "post_build" ? "1" : '"$((! failed))"';
    lines.push(`phase_ok=${runs}`, `phase_runs=${runs}`);
    for (const command of phase.commands) lines.push(...step(command, install, '[ "$phase_ok" = 1 ]'));
    for (const command of phase.finally) lines.push(...step(command, install, '[ "$phase_runs" = 1 ]'));
  }
  for (const name of spec.env["exported-variables"]) {
    lines.push(`[ -z "\${${name}+x}" ] || printf %s "$${name}" > ${quoted(join(variables, name))}`);
  }
  return `${[...lines, 'exit "$failed"'].join("\n")}\n`;
}

function step(command: string, install: Install, condition: string): string[] {
  if (install === "link" && INSTALL_COMMAND.test(command)) {
    return [`echo ${quoted(`$ ${command}: the packages are linked instead`)}`];
  }
  return [
    `if ${condition}; then`,
    `  echo ${quoted(`$ ${command}`)}`,
    `  eval ${quoted(command)} || { failed=1; phase_ok=0; }`,
    "fi",
  ];
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
