import { join } from "node:path";
import { findMoto, type Moto } from "./find-moto";
import { runCommand } from "./run-command";

/**
 * Finds moto for a workspace, or installs it for it.
 *
 * @param root the workspace's root: `dist/local/venv` in it takes the virtual environment, if one has to be made
 * @throws LandfallError when there is none to be had; it names what was tried and the next step
 */
export const requireMoto = (
  root: string,
  onProgress: (message: string) => void = () => undefined,
): Promise<Moto> => findMoto({ venv: join(root, "dist", "local", "venv"), run: runCommand, onProgress });
