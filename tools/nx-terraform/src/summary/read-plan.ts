import { parseTextErrors } from "../failure";
import type { Session } from "../session";
import type { PlanJson } from "./plan-json";

/**
 * Reads a saved plan. What it returns holds sensitive values: it is for {@link summarize}, and for no file.
 *
 * @param file the saved plan
 * @throws LandfallError when Terraform can't read it
 */
export async function readPlan(session: Session, file: string): Promise<PlanJson> {
  const { code, stdout, stderr } = await session.capture("show", "-no-color", "-json", file);
  if (code !== 0) throw session.failure("reading the plan", parseTextErrors(stderr));
  return JSON.parse(stdout) as PlanJson;
}
