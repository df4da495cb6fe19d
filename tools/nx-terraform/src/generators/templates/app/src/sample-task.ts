import * as z from "zod/mini";

const requestSchema = z.strictObject({
  id: z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/)),
  note: z.optional(z.string().check(z.maxLength(1000))),
});

const eventSchema = z.object({ detail: z.unknown() });

/** What an event asks for: `id` tells one request from another, `note` is stored and never logged. */
export type SampleTaskRequest = z.infer<typeof requestSchema>;

/** Why an event is refused for good. The codes are public: dead letters and metrics are keyed by them. */
export type SampleTaskRefusal = "invalid-event" | "invalid-detail";

/** Where rows are kept. */
export interface SampleTaskRows {
  /** Adds a row unless its id is known. Resolves to whether it was added. */
  add(request: SampleTaskRequest): Promise<boolean>;
}

/** Where refused events are kept for people. */
export interface SampleTaskDeadLetters {
  send(body: string, reason: SampleTaskRefusal): Promise<void>;
}

export interface SampleTaskPorts {
  readonly rows: SampleTaskRows;
  readonly deadLetters: SampleTaskDeadLetters;
}

/** What became of one event. */
export type SampleTaskResult =
  | { readonly outcome: "done" | "repeated"; readonly id: string }
  /** Dead-lettered with its reason: the event is done with. */
  | { readonly outcome: "refused"; readonly reason: SampleTaskRefusal }
  /** A passing fault: the event should come again. */
  | { readonly outcome: "failed"; readonly error: unknown };

/**
 * Takes in one event: checks it and keeps a row of it, once. Never throws: every fault is in the result.
 *
 * @param body the queue's message: an EventBridge event
 */
export async function runSampleTask(body: string, ports: SampleTaskPorts): Promise<SampleTaskResult> {
  try {
    const read = readRequest(body);
    if (typeof read === "string") {
      await ports.deadLetters.send(body, read);
      return { outcome: "refused", reason: read };
    }
    return { outcome: (await ports.rows.add(read)) ? "done" : "repeated", id: read.id };
  } catch (error) {
    return { outcome: "failed", error };
  }
}

function readRequest(body: string): SampleTaskRequest | SampleTaskRefusal {
  const event = eventSchema.safeParse(parsed(body));
  if (!event.success) return "invalid-event";
  const request = requestSchema.safeParse(event.data.detail);
  return request.success ? request.data : "invalid-detail";
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
