import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { LandfallError } from "@landfall/core";

import { parseTextErrors } from "../failure";
import { Session, type Request } from "../session";
import { countInState, parseState } from "../state";
import { applyPlan } from "./deploy";
import { countsLine, makePlan, planLines } from "./plan";

/** Asked before anything is applied. */
export type Confirm = (question: string) => Promise<boolean>;

/** Merged over the configuration by Terraform: the state is a file, as long as the bucket for it is not there. */
const OVERRIDE = "backend_override.tf.json";
const LOCAL_BACKEND = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };

/** What Terraform says of a state bucket that is not there. */
const NO_BUCKET = /S3 bucket "[^"]*" does not exist|NoSuchBucket/;

/**
 * Applies a stack with an administrator's credentials. The zone's first run keeps its state in a file, since the bucket
 * for it is what it makes, and then moves it there. It is safe to repeat: a run that was cut short goes on where it
 * stopped, and one with nothing to do does nothing.
 *
 * @throws LandfallError when the answer is no, or the bucket is there without the state of what made it
 */
export const bootstrap = (request: Request, confirm: Confirm): Promise<void> =>
  Session.forEach(request, true, async (session) => {
    await session.init(false);
    const folder = session.folder.paths.work;
    const file = join(folder, "terraform.tfstate");
    const unmoved = existsSync(file) && countInState(parseState(readFileSync(file, "utf8"))) > 0;
    const inBucket = !unmoved && (await reachesBucket(session));
    if (!inBucket) {
      session.say("there is no state bucket yet: the state is in a file until there is one");
      writeFileSync(join(folder, OVERRIDE), JSON.stringify(LOCAL_BACKEND));
      await terraformInit(session, "-reconfigure");
    } else if (session.makesStateBucket && countInState(await session.state()) === 0) {
      throw new LandfallError(
        `${session.instance.name}: the state bucket is there, but not the state of what made it. Run this on the machine where an earlier run was cut short, or delete the empty bucket`,
      );
    }

    const { counts, changes, planned } = await makePlan(session);
    if (changes) {
      for (const line of planLines(planned)) session.say(line);
      if (!(await confirm(`${session.instance.name}: ${countsLine(counts)}. Apply?`))) {
        throw new LandfallError(`${session.instance.name}: nothing was applied`);
      }
      await applyPlan(session, counts.add + counts.change + counts.destroy);
    }
    if (!inBucket) {
      rmSync(join(folder, OVERRIDE));
      await terraformInit(session, "-migrate-state", "-force-copy");
      for (const name of [file, `${file}.backup`]) rmSync(name, { force: true });
      session.say("moved the state into the bucket");
    }
    session.say(
      `${changes ? countsLine(counts).replaceAll(" to ", " ") : "nothing to do"}  ${session.seconds} s`,
    );
  });

async function reachesBucket(session: Session): Promise<boolean> {
  const { code, stderr } = await session.capture("init", "-no-color", "-input=false", "-reconfigure");
  if (code === 0) return true;
  if (NO_BUCKET.test(stderr)) return false;
  throw session.failure("init", parseTextErrors(stderr));
}

async function terraformInit(session: Session, ...how: string[]): Promise<void> {
  const { code, stderr } = await session.capture("init", "-no-color", "-input=false", ...how);
  if (code !== 0) throw session.failure("init", parseTextErrors(stderr));
}
