import { rmSync } from "node:fs";
import { join } from "node:path";

import { LandfallError } from "@landfall/core";

import { writeDrift } from "../drift/drift-report";
import { type DriftedResource, findDrift } from "../drift/find-drift";
import { Session, type Request } from "../session";
import { readPlan } from "../summary";
import { attributesText, printable } from "../summary/words";

/**
 * Compares what is deployed with what was deployed, changes nothing, and writes each instance's drift.json and the zone's
 * drift.md.
 *
 * @param reportOnly whether to succeed all the same when something has drifted
 * @throws LandfallError when something has drifted, after every instance was looked at: a schedule's run then fails, which
 * is what its alarm goes by
 */
export async function drift(request: Request, reportOnly = false): Promise<void> {
  let found = 0;
  await Session.forEach(request, true, async (session) => {
    if (session.leavesToAdministrator()) return;
    const drifted = await lookAt(session);
    const { name: instance, stack } = session.instance;
    const result = { instance, stack, at: new Date().toISOString(), drifted, seconds: session.seconds };
    writeDrift(request.root, session.zone, result);
    for (const resource of drifted) session.say(driftLine(resource));
    session.say(`${drifted.length === 0 ? "no drift" : `${drifted.length} drifted`}  ${session.seconds} s`);
    found += drifted.length;
  });
  if (found > 0 && !reportOnly) {
    throw new LandfallError(
      `${request.stack}: ${found} resource${found === 1 ? " was" : "s were"} changed outside of Terraform: \`LANDFALL_CUTOFF=off npx nx deploy ${request.stack} --configuration=${request.zone}\` puts them back, or bring the change into the code. Report: dist/terraform/${request.zone}/drift.md`,
    );
  }
}

async function lookAt(session: Session): Promise<DriftedResource[]> {
  await session.init(true);
  const file = join(session.folder.paths.work, "drift.tfplan");
  try {
    await session.run("looking for drift", 0, [
      "plan",
      "-refresh-only",
      "-json",
      "-detailed-exitcode",
      `-out=${file}`,
      ...session.access("plan"),
    ]);
    return findDrift(await readPlan(session, file), session.folder.json);
  } finally {
    // It holds every value of the state, sensitive ones too.
    rmSync(file, { force: true });
  }
}

/** e.g. `~ aws_sqs_queue.intake  visibility_timeout_seconds 30 → 60` */
function driftLine({ address, what, attributes }: DriftedResource): string {
  const line = `${what === "deleted" ? "-" : "~"} ${address}  ${what === "deleted" ? "is gone" : ""}${attributesText(attributes, (text) => text)}`;
  return printable(line);
}
