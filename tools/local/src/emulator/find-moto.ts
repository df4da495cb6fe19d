import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { type RunCommand } from "./run-command";

/** Where moto, the emulator, was found. */
export type MotoSource = "machine" | "virtual environment" | "docker";

export interface Moto {
  readonly source: MotoSource;
  readonly version: string;
  /** The program that runs it: a Python, or `docker`. */
  readonly program: string;
}

export interface FindMotoOptions {
  /** Folder of the virtual environment that is made when the machine has no moto. */
  readonly venv: string;
  readonly run: RunCommand;
  /** Told of what takes long, in plain words. */
  readonly onProgress: (message: string) => void;
}

/** The oldest moto that our patches fit. */
const OLDEST = "5.2.1";
/** What is installed where there is none: the version that the patches were tried with. */
const PINNED = "5.2.1";
export const MOTO_IMAGE = `motoserver/moto:${PINNED}`;
const INSTALL_TIMEOUT_SECONDS = 600;

const PRINT_VERSION = "import moto, moto.server; print(moto.__version__)";

const isOlder = (version: string, oldest: string): boolean =>
  version.localeCompare(oldest, "en", { numeric: true }) < 0;

/**
 * Finds moto: on the machine, else in a virtual environment of ours, which is made if need be, else as a Docker image.
 *
 * @throws LandfallError when there is none of them; it names what was tried, why each failed, and the next step
 */
export async function findMoto({ venv, run, onProgress }: FindMotoOptions): Promise<Moto> {
  const tried: string[] = [];

  const inPython = async (source: MotoSource, program: string): Promise<Moto | undefined> => {
    const { ok, output, problem } = await run(program, ["-c", PRINT_VERSION]);
    if (ok && !isOlder(output, OLDEST)) return { source, version: output, program };
    tried.push(`${source}, ${program}: ${ok ? `moto ${output} is older than ${OLDEST}` : problem}`);
    return undefined;
  };

  const python = join(venv, "bin", "python");
  const installed = async (): Promise<Moto | undefined> => {
    const steps: [string, string[]][] = [
      ["python3", ["-m", "venv", "--clear", venv]],
      [python, ["-m", "pip", "install", "--quiet", `moto[server]==${PINNED}`]],
    ];
    onProgress(`Installing moto ${PINNED} into a virtual environment (once)`);
    for (const [program, args] of steps) {
      const { ok, problem } = await run(program, args, INSTALL_TIMEOUT_SECONDS);
      if (!ok) {
        tried.push(`virtual environment, ${program} ${args.join(" ")}: ${problem}`);
        return undefined;
      }
    }
    return inPython("virtual environment", python);
  };

  const inDocker = async (): Promise<Moto | undefined> => {
    const server = await run("docker", ["version", "--format", "{{.Server.Version}}"]);
    if (!server.ok) {
      tried.push(`docker: ${server.problem}`);
      return undefined;
    }
    const found: Moto = { source: "docker", version: PINNED, program: "docker" };
    if ((await run("docker", ["image", "inspect", MOTO_IMAGE])).ok) return found;
    onProgress(`Pulling ${MOTO_IMAGE} (once)`);
    const image = await run("docker", ["pull", "--quiet", MOTO_IMAGE], INSTALL_TIMEOUT_SECONDS);
    if (image.ok) return found;
    tried.push(`docker pull ${MOTO_IMAGE}: ${image.problem}`);
    return undefined;
  };

  const moto =
    (await inPython("machine", "python3")) ??
    (await inPython("machine", "python")) ??
    (await inPython("virtual environment", python)) ??
    (await installed()) ??
    (await inDocker());
  if (moto) return moto;
  throw new LandfallError(
    [
      "No AWS emulator can be started. Tried:",
      ...tried.map((line) => `  ${line}`),
      `Next: python3 -m pip install 'moto[server]==${PINNED}', or start Docker.`,
    ].join("\n"),
  );
}
