import { LandfallError } from "@landfall/core";
import { requireMoto } from "@landfall/local";
import { findToolchain } from "@landfall/nx-terraform";
import { type Rung } from "./rungs";

/** What a rung needs and this machine lacks, in one line with the next step; `undefined` when it can run. */
export async function missingFor({ needs }: Rung, root: string): Promise<string | undefined> {
  try {
    if (needs.includes("terraform")) await findToolchain(root);
    if (needs.includes("emulator")) await requireMoto(root);
    return undefined;
  } catch (error) {
    if (error instanceof LandfallError) return error.message;
    throw error;
  }
}
