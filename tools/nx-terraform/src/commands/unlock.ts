import { LandfallError } from "@landfall/core";

import { parseTextErrors } from "../failure";
import { describeStateLock, parseStateLock, type StateLock } from "../guards";
import { Session, type Request } from "../session";

/** No lock has this id: Terraform answers who holds it instead of releasing it. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** What Terraform says of a lock that is not there. */
const NOT_LOCKED = /NoSuchKey|StatusCode: 404|state not locked|LocalState not locked/i;

/**
 * Says who holds the lock of each of a stack's states, and releases the one whose id is typed.
 *
 * The state of an emulated zone is a file, whose lock ends with its process; so does the lock of a working folder, which is
 * taken over from a process that is gone.
 *
 * @param id the id of the lock to release, as an earlier `unlock` has shown it
 * @throws LandfallError when no instance is locked with that id
 */
export async function unlock(request: Request, id?: string): Promise<void> {
  const seen: string[] = [];
  await Session.forEach(request, true, async (session) => {
    await session.init(true);
    const held = await readLock(session);
    if (held === undefined) {
      session.say("not locked");
      return;
    }
    seen.push(held.id);
    session.say(`${describeStateLock(held)}, with the id ${held.id}`);
    if (held.id === id) await release(session, id);
    else if (id === undefined) session.say(adviceFor(request, held));
  });
  if (id !== undefined && !seen.includes(id)) {
    const ids = seen.length === 0 ? "none is locked" : `locked with: ${seen.join(", ")}`;
    throw new LandfallError(`'--id' must be the id of a lock of ${request.stack}, got: ${id} (${ids})`);
  }
}

async function readLock(session: Session): Promise<StateLock | undefined> {
  const { stderr } = await session.capture("force-unlock", "-force", NOBODY);
  const held = parseStateLock(stderr);
  if (held !== undefined || NOT_LOCKED.test(stderr)) return held;
  throw session.failure("reading the lock", errorsIn(stderr));
}

async function release(session: Session, id: string): Promise<void> {
  const { code, stderr } = await session.capture("force-unlock", "-force", id);
  if (code !== 0) throw session.failure("releasing the lock", errorsIn(stderr));
  session.say("released");
}

const errorsIn = (stderr: string) => {
  const errors = parseTextErrors(stderr);
  return errors.length > 0
    ? errors
    : [{ severity: "error" as const, summary: stderr.trim(), detail: "", address: undefined }];
};

const adviceFor = ({ stack, zone }: Request, { id }: StateLock): string =>
  `nobody in this folder holds it. Wait for that run to end; only when you know that it is dead: npx nx unlock ${stack} --configuration=${zone} --id=${id}`;
