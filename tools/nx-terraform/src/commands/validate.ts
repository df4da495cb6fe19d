import { Session, type Request } from "../session";
import { parseValidation } from "../ui-stream";

/** Checks every instance against the provider's schema: needs no credentials, and no emulator. */
export const validate = (request: Request): Promise<void> =>
  Session.forEach(request, false, async (session) => {
    await session.init(false);
    const { stdout } = await session.capture("validate", "-json");
    const diagnostics = parseValidation(stdout);
    if (diagnostics.some(({ severity }) => severity === "error"))
      throw session.failure("validate", diagnostics);
    session.say(`valid: ${session.folder.declared} resources  ${session.seconds} s`);
  });
