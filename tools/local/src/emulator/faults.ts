import { LandfallError } from "@landfall/core";

/** Shares of a service's calls, each from 0 to 1. */
export interface ServiceFaults {
  /** Answered with the service's throttling error, before they have an effect. @default 0 */
  readonly refused?: number;
  /** Made, but answered with a server's error: the caller can't know. @default 0 */
  readonly unanswered?: number;
}

/** What the emulator is to refuse. Whether a service's nth call is refused follows from seed, service and n alone. */
export interface EmulatorFaults {
  readonly seed: number;
  /**
   * By the name that requests are signed with, e.g. `dynamodb`, `sqs`, `s3`; others are not touched. With `@` and a region,
   * e.g. `dynamodb@eu-west-1`, only that region's calls are meant.
   */
  readonly services: Readonly<Record<string, ServiceFaults>>;
}

/** What came of it, by service. */
export type FaultCounts = Readonly<
  Record<string, { readonly calls: number; readonly refused: number; readonly unanswered: number }>
>;

interface At {
  readonly endpoint: string;
}

/** From now on the emulator refuses what the plan says; counting starts anew. */
export const injectFaults = async (at: At, faults: EmulatorFaults): Promise<void> => {
  await request(at, "PUT", JSON.stringify(faults));
};

/** Ends the refusals. @returns how many calls were counted until now */
export const endFaults = async (at: At): Promise<FaultCounts> => {
  const { counts } = await request(at, "GET");
  await request(at, "DELETE");
  return counts;
};

const request = async ({ endpoint }: At, method: string, body?: string): Promise<{ counts: FaultCounts }> => {
  const init = body === undefined ? { method } : { method, body };
  const response = await fetch(`${endpoint}/_landfall/faults`, init);
  if (!response.ok) throw new LandfallError(`The emulator can't be told of faults: HTTP ${response.status}.`);
  return (await response.json()) as { counts: FaultCounts };
};
