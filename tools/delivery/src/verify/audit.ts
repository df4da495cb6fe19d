import { LandfallError } from "@landfall/core";
import { run } from "../run";
import { Impossible } from "./checks";

/** What `npm audit --json` prints, as far as it is read: a report, or why there is none. */
interface AuditReport {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
  readonly metadata?: { readonly dependencies?: { readonly prod?: number } };
  readonly message?: string;
}

const WORST = ["high", "critical"];

/** `required` or `if-possible`. @default required where a machine asks: CodeBuild, or CI is set */
export const AUDIT = "LANDFALL_AUDIT";

/**
 * Asks the registry for known vulnerabilities of what is shipped.
 *
 * @throws LandfallError where one is high or critical, or nobody answers and the answer is required
 */
export async function audit(root: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const { stdout } = await run("npm", ["audit", "--omit=dev", "--audit-level=high", "--json"], {
    cwd: root,
    capture: true,
  });
  return judgeAudit(stdout, isRequired(env));
}

/** @throws LandfallError where the setting is none that is known */
export function isRequired(env: NodeJS.ProcessEnv): boolean {
  const setting = env[AUDIT];
  if (setting === undefined) {
    return env.CODEBUILD_BUILD_ID !== undefined || (env.CI !== undefined && env.CI !== "false");
  }
  if (setting === "required" || setting === "if-possible") return setting === "required";
  throw new LandfallError(`'${AUDIT}' must be required or if-possible, got: ${setting}`);
}

/** @param output what `npm audit --json` printed on its standard output */
export function judgeAudit(output: string, required: boolean): string {
  const { vulnerabilities, metadata, message } = parse(output);
  if (vulnerabilities === undefined) {
    const why = `the registry gives no answer (${message ?? "npm said nothing"})`;
    if (required) throw new LandfallError(`${why}; connect to it, or set ${AUDIT}=if-possible`);
    throw new Impossible(why);
  }
  const bad = Object.entries(vulnerabilities)
    .filter(([, { severity }]) => WORST.includes(severity))
    .map(([name, { severity }]) => `${name} (${severity})`);
  if (bad.length > 0) throw new LandfallError(`${bad.join(", ")}; next: npm audit --omit=dev`);
  return `${metadata?.dependencies?.prod ?? 0} packages, none with a high or critical advisory`;
}

function parse(output: string): AuditReport {
  try {
    return JSON.parse(output) as AuditReport;
  } catch {
    return {};
  }
}
