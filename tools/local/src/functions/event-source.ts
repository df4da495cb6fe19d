import { type EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { type AwsAddress, type AwsClients } from "./aws-clients";
import { type FunctionHost, type Invocation } from "./function-host";

/** What happened to a batch of records. */
export interface BatchResult extends Invocation {
  /** How many records the function was given. */
  readonly records: number;
  /** How many of them failed. */
  readonly failures: number;
  /** Why the invocation, or the whole batch, failed. */
  readonly error?: string;
}

export interface EventSourceOptions {
  readonly mapping: EventSourceMappingConfiguration;
  readonly host: FunctionHost;
  readonly clients: AwsClients;
  readonly address: AwsAddress;
  /** Where streams are read on, by mapping and shard; kept while a function is replaced. */
  readonly positions: Map<string, string>;
  /** Seconds until a failed record is tried again. @default as the source is configured */
  readonly retryDelaySeconds: number | undefined;
  readonly onBatch: (result: BatchResult) => void;
  readonly log: (message: string) => void;
}

/** Feeds a function from one event source mapping, until it is stopped. */
export interface EventSource {
  /** How many records wait, are being worked on, or wait to be tried again. */
  pending(): Promise<number>;
  /** Ends the polling and waits until the function is done with what it was given. */
  stop(): Promise<void>;
}

/** Makes the source of a mapping; undefined when it is of another kind. */
export type EventSourceFactory = (options: EventSourceOptions) => EventSource | undefined;
