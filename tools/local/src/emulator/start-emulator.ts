import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LandfallError } from "@landfall/core";
import { announce, health, LIMITS_FILE, readRunningEmulator, withdraw } from "./announcement";
import { endpointVariables, type Environment, withoutAws } from "./emulator-environment";
import { type Moto, MOTO_IMAGE, type MotoSource } from "./find-moto";
import { freePort } from "./port";
import { requireMoto, type RequireMotoOptions } from "./require-moto";

export interface EmulatorOptions extends RequireMotoOptions {
  /** The workspace's root: `dist/local` in it takes the log, the announcement and the virtual environment. */
  readonly root: string;
  /** e.g. `eu-west-1` */
  readonly region: string;
  /** 12 digits; the account of the emulator's credentials. */
  readonly account: string;
  /** @default a free one */
  readonly port?: number;
  /** The moto to start. @default it is looked for, or installed */
  readonly moto?: Moto;
}

/** An AWS of its own, empty when it starts, on the loopback interface. */
export interface Emulator {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** Everything that Terraform and the SDKs need; see `emulatorEnvironment`. */
  readonly env: Environment;
  /** moto's version */
  readonly version: string;
  readonly source: MotoSource;
  readonly pid: number;
  readonly logFile: string;
  /** Ends it and waits for its end. May be called more than once. */
  stop(): Promise<void>;
}

const FOLDER = resolve(__dirname, "../../emulator");
const READY_TIMEOUT_SECONDS = 60;
const STOP_TIMEOUT_MS = 5000;
const CONTAINER_PORT = 5000;

/**
 * Starts a fresh emulator and waits until it answers.
 *
 * It ends with this process, however this process ends. An interrupt in the terminal does not reach it: whoever started
 * it decides when it stops.
 *
 * @throws LandfallError when one runs for this root already, no moto is to be had, the port is taken, or it does not start
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { root, region, account } = options;
  const running = await readRunningEmulator(root);
  if (running) {
    throw new LandfallError(
      `An emulator runs for this workspace already, at ${running.endpoint}. Next: end the command that started it (process ${running.pid}).`,
    );
  }
  const folder = join(root, "dist", "local");
  const port = await freePort(options.port);
  const moto = options.moto ?? (await requireMoto(root, options));
  const endpoint = `http://127.0.0.1:${port}`;
  const logFile = join(folder, "emulator.log");
  mkdirSync(dirname(logFile), { recursive: true });

  const child = spawnMoto(moto, { port, account, logFile });
  const ended = new Promise<void>((settle) => child.once("close", () => settle()));
  // The child's lifeline: writing to it after the child's end must not end us.
  child.stdin?.on("error", () => undefined);
  try {
    await untilReady(child, endpoint, logFile);
  } catch (error) {
    await end(child, ended);
    throw error;
  }

  const pid = child.pid as number;
  const env = endpointVariables({ endpoint, region });
  const startedAt = new Date().toISOString();
  announce(root, { pid, endpoint, region, account, env, limits: LIMITS_FILE, startedAt });
  const onExit = (): void => withdraw(root, pid);
  process.once("exit", onExit);
  const stop = async (): Promise<void> => {
    withdraw(root, pid);
    process.off("exit", onExit);
    await end(child, ended);
  };
  return { endpoint, region, account, env, version: moto.version, source: moto.source, pid, logFile, stop };
}

const spawnMoto = (
  { source, program }: Moto,
  { port, account, logFile }: { port: number; account: string; logFile: string },
): ChildProcess => {
  const settings = {
    MOTO_ACCOUNT_ID: account,
    MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
  };
  const native = [join(FOLDER, "serve.py"), "--host", "127.0.0.1", "--port", String(port)];
  const container = [
    ...["run", "--rm", "--interactive", "--init", "--entrypoint", "python"],
    ...["--publish", `127.0.0.1:${port}:${CONTAINER_PORT}`, "--volume", `${FOLDER}:/landfall:ro`],
    ...Object.entries(settings).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
    ...[MOTO_IMAGE, "/landfall/serve.py", "--host", "0.0.0.0", "--port", String(CONTAINER_PORT)],
  ];
  const log = openSync(logFile, "w");
  const child = spawn(program, source === "docker" ? container : native, {
    // A process group of its own: an interrupt in the terminal reaches only us.
    detached: true,
    stdio: ["pipe", log, log],
    env: { ...withoutAws(process.env), ...settings },
  });
  closeSync(log);
  return child;
};

const untilReady = async (child: ChildProcess, endpoint: string, logFile: string): Promise<void> => {
  const failed = new Promise<string>((settle) => {
    child.once("error", (error) => settle(error.message));
    child.once("close", (code, signal) => settle(`it ended with ${signal ?? `exit code ${code}`}`));
  });
  const deadline = Date.now() + READY_TIMEOUT_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (await health(endpoint)) return;
    const failure = await Promise.race([failed, delay(50)]);
    if (failure) throw notStarted(failure, logFile);
  }
  throw notStarted(`it did not answer in ${READY_TIMEOUT_SECONDS} s`, logFile);
};

const notStarted = (reason: string, logFile: string): LandfallError => {
  const tail = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15);
  return new LandfallError(
    [
      `The emulator did not start: ${reason}. The end of ${logFile}:`,
      ...tail.map((line) => `  ${line}`),
    ].join("\n"),
  );
};

/** Closing its lifeline asks it to end; SIGKILL follows if it does not. */
const end = async (child: ChildProcess, ended: Promise<void>): Promise<void> => {
  if (child.pid === undefined) return;
  child.stdin?.end();
  const timeout = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timeout);
};
