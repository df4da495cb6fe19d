import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";

export interface FunctionLogsOptions {
  readonly client: CloudWatchLogsClient;
  readonly logGroup: string;
  /** Takes the same lines. */
  readonly file: string;
  /** Told, once, when CloudWatch takes no lines. */
  readonly onProblem: (message: string) => void;
}

/** Writes a function's lines to its log group, which has to exist, as Lambda does, and to a file. */
export class FunctionLogs {
  private readonly streams = new Set<string>();
  private broken = false;

  constructor(private readonly options: FunctionLogsOptions) {
    mkdirSync(dirname(options.file), { recursive: true });
  }

  /** Never rejects: what can't be logged stops no function. */
  async write(stream: string, lines: readonly string[]): Promise<void> {
    const { client, logGroup, file, onProblem } = this.options;
    appendFileSync(file, lines.map((line) => `${line}\n`).join(""));
    if (this.broken) return;
    const names = { logGroupName: logGroup, logStreamName: stream };
    const timestamp = Date.now();
    try {
      if (!this.streams.has(stream)) await client.send(new CreateLogStreamCommand(names));
      this.streams.add(stream);
      const logEvents = lines.map((message) => ({ message, timestamp }));
      await client.send(new PutLogEventsCommand({ ...names, logEvents }));
    } catch (error) {
      this.broken = true;
      onProblem(`No more lines are written to the log group ${logGroup}, only to ${file}: ${String(error)}`);
    }
  }
}
