import { LandfallError } from "@landfall/core";

import type { Synthesis } from "../workspace";
import { accountProblem } from "./account";
import { type IdentifyCaller, identifyCaller } from "./caller";
import { uncommittedFiles } from "./git-tree";

/** What is about to be run, for the guards. */
export interface Guarded {
  readonly root: string;
  /** e.g. `deploy` */
  readonly command: string;
  readonly synthesis: Synthesis;
}

/** What the guards ask of the world. */
export interface GuardPorts {
  readonly identify: IdentifyCaller;
  readonly uncommitted: (root: string) => readonly string[] | undefined;
}

const realPorts: GuardPorts = { identify: identifyCaller, uncommitted: uncommittedFiles };

/** The commands that make a zone what the code says: in production, only what a commit holds. */
const FROM_COMMIT = ["deploy", "apply"];

/** The commands that leave an administrator's stack alone, so need no credentials for it. */
const BY_DEPLOYER = ["plan", "deploy", "apply", "destroy", "drift"];

/** The most files that a message names. */
const NAMED = 3;

/**
 * Refuses what can't end well, before anything is read: a production deploy of what no commit holds, no credentials, an
 * expired session, credentials of an account that the zone is not run from. Never stands in the way of an emulated zone,
 * nor of a stack that the zone has no use for.
 *
 * @throws LandfallError naming everything that is wrong at once, each with its next step
 */
export async function assertMayRun(
  { root, command, synthesis: { zone, instances } }: Guarded,
  ports: GuardPorts = realPorts,
): Promise<void> {
  const [first] = instances;
  if (zone.emulated || first === undefined) return;
  if (first.appliedBy === "administrator" && BY_DEPLOYER.includes(command)) return;
  const problems = [
    ...(zone.production && FROM_COMMIT.includes(command)
      ? treeProblems(zone.name, ports.uncommitted(root))
      : []),
    await accountProblem(zone, first.appliedBy, ports.identify),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new LandfallError(problems.join("\n"));
}

function treeProblems(zone: string, files: readonly string[] = []): string[] {
  if (files.length === 0) return [];
  const named = files.slice(0, NAMED).join(", ");
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : "";
  return [
    `production zone ${zone} is deployed from a commit alone, and the working tree differs from it (${named}${more}): commit or stash, and run it again`,
  ];
}
