import { eventSource, eventType } from "../event";
import { type Bus, type OutboxEvent } from "../outbox";
import { type Credentials, signedHeaders } from "./sign";

export interface EventBusOptions {
  readonly region: string;
  /** @default EventBridge's own in the region */
  readonly endpoint?: string | undefined;
  /** Read at each call: Lambda renews them. */
  readonly credentials: () => Credentials;
  readonly timeoutMs: number;
}

/** Milliseconds to wait before each further try, where the refusal may pass: throttling has status 400 too. */
const backoffMs = [100, 400];

/**
 * Puts events on the account's default bus over EventBridge's own protocol. Needs `events:PutEvents`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export class EventBus implements Bus {
  constructor(private readonly options: EventBusOptions) {}

  async put(events: readonly OutboxEvent[]): Promise<readonly boolean[]> {
    const body = JSON.stringify({ Entries: events.map(toEntry) });
    for (const pause of backoffMs) {
      const answer = await this.send(body).catch(() => undefined);
      if (answer?.ok) return await taken(answer);
      // What is wrong with the request is wrong the next time too.
      if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 400) break;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    const answer = await this.send(body);
    if (!answer.ok) throw new Error(`EventBridge answered with status ${answer.status}`);
    return await taken(answer);
  }

  private send(body: string): Promise<Response> {
    const {
      region,
      endpoint = `https://events.${region}.amazonaws.com`,
      credentials,
      timeoutMs,
    } = this.options;
    const url = new URL("/", endpoint);
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSEvents.PutEvents",
    };
    return fetch(url, {
      method: "POST",
      body,
      headers: signedHeaders(
        { url, headers, body, region, service: "events", now: new Date() },
        credentials(),
      ),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }
}

const toEntry = ({ detail, trace }: OutboxEvent) => ({
  Source: eventSource,
  DetailType: eventType,
  Detail: JSON.stringify(detail),
  ...(trace !== undefined && { TraceHeader: trace }),
});

async function taken(answer: Response): Promise<readonly boolean[]> {
  const { Entries = [] } = (await answer.json()) as { Entries?: readonly { EventId?: string }[] };
  return Entries.map(({ EventId }) => EventId !== undefined);
}
