import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LandfallError } from "@landfall/core";
import { type Door, type FrontDoor, openFrontDoor } from "./front-door/front-door";
import { type AwsAddress } from "./functions/aws-clients";
import { type BatchResult } from "./functions/event-source";
import {
  type FunctionRunner,
  type FunctionRunnerOptions,
  type IdleOptions,
  startFunctionRunner,
} from "./functions/function-runner";

export interface RunningRegionsOptions extends Pick<FunctionRunnerOptions, "log" | "retryDelaySeconds"> {
  readonly address: AwsAddress;
  /** Regions that something is deployed to. */
  readonly regions: readonly string[];
  /** Takes the unpacked code and the logs, a folder for each region. */
  readonly folder: string;
  /** Told of every batch and call, when it is over. @default nobody */
  readonly onInvocation?: (result: BatchResult, region: string) => void;
}

/** A listener of a deployed load balancer, as it is reached here. */
export interface RegionDoor extends Door {
  readonly region: string;
}

/** What is deployed, running: the functions of every region, and its load balancers. */
export interface RunningRegions {
  readonly runners: ReadonlyMap<string, FunctionRunner>;
  readonly doors: readonly RegionDoor[];
  /**
   * The listener of a load balancer.
   *
   * @param dnsName of the load balancer, in any case
   * @param port @default 443
   * @throws LandfallError when none of these regions has it
   */
  door(dnsName: string, port?: number): RegionDoor;
  /** Waits until nothing waits or is worked on in any region, for two looks in a row. @returns false when that took too long */
  idle(options?: IdleOptions): Promise<boolean>;
  /** May be called more than once. */
  stop(): Promise<void>;
}

const HTTPS_PORT = 443;
/** What one region's function has sent may not have reached the next queue at the first look. */
const SECOND_LOOK_MS = 500;

/** Starts a function runner and a front door in each region, from what the AWS API says is deployed there. */
export async function runRegions(options: RunningRegionsOptions): Promise<RunningRegions> {
  const { address, regions, folder, log, retryDelaySeconds, onInvocation } = options;
  const runners = new Map<string, FunctionRunner>();
  const frontDoors = new Map<string, FrontDoor>();
  for (const region of regions) {
    const there = { ...address, region };
    const runner = await startFunctionRunner({
      ...there,
      folder: join(folder, region),
      log,
      onInvocation: (result) => onInvocation?.(result, region),
      ...(retryDelaySeconds === undefined ? {} : { retryDelaySeconds }),
    });
    runners.set(region, runner);
    frontDoors.set(region, await openFrontDoor({ ...there, runner, log }));
  }
  const doors = [...frontDoors].flatMap(([region, front]) =>
    front.doors.map((door): RegionDoor => ({ ...door, region })),
  );
  const allIdle = async (idleOptions?: IdleOptions): Promise<boolean> =>
    (await Promise.all([...runners.values()].map((runner) => runner.idle(idleOptions)))).every(Boolean);
  return {
    runners,
    doors,
    door: (dnsName, port = HTTPS_PORT) => {
      const found = doors.find(
        (door) => door.dnsName.toLowerCase() === dnsName.toLowerCase() && door.port === port,
      );
      if (found) return found;
      const known = doors.map((door) => `${door.dnsName}:${door.port}`).join(", ") || "none";
      throw new LandfallError(
        `'dnsName' must be one of the load balancers ${known}, got: ${dnsName}:${port}`,
      );
    },
    idle: async (idleOptions) => {
      if (!(await allIdle(idleOptions))) return false;
      await delay(SECOND_LOOK_MS);
      return allIdle(idleOptions);
    },
    stop: async () => {
      await Promise.all([...frontDoors.values()].map((front) => front.stop()));
      await Promise.all([...runners.values()].map((runner) => runner.stop()));
    },
  };
}
