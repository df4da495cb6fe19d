import { join } from "node:path";
import { findMoto, type Moto } from "./find-moto";
import { runCommand } from "./run-command";

export interface RequireMotoOptions {
  /** Told of what takes long, in plain words. @default nobody */
  readonly onProgress?: (message: string) => void;
  /** Folder of the virtual environment, if one has to be made. @default `dist/local/venv` in the root */
  readonly venv?: string;
}

/**
 * Finds moto for a workspace, or installs it for it.
 *
 * @param root the workspace's root
 * @throws LandfallError when there is none to be had; it names what was tried and the next step
 */
export const requireMoto = (
  root: string,
  { onProgress = () => undefined, venv = join(root, "dist", "local", "venv") }: RequireMotoOptions = {},
): Promise<Moto> => findMoto({ venv, run: runCommand, onProgress });
