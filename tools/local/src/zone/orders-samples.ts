import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BatchResult } from "../functions/event-source";
import { Heard, until } from "./heard";
import { ROOT } from "./local-zone";
import { published } from "./published";
import { type AppSamples, type SampleResult, type Stage } from "./sample";
import { TokenIssuer } from "./token-issuer";

const CUSTOMER = "sample-customer";

/** An answer of the app: its status, and what matters of its body. */
export interface OrderAnswer {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Speaks to the app's front door in one region. */
export class OrdersClient {
  /** @param url of the listener for HTTPS, as it is reached here */
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** @param key the client's own: the same key is the same order */
  post(key: string, order: string): Promise<OrderAnswer> {
    const headers = { "content-type": "application/json", "idempotency-key": key };
    return this.call("/orders", { method: "POST", headers, body: order });
  }

  get(id: string): Promise<OrderAnswer> {
    return this.call(`/orders/${id}`, { headers: {} });
  }

  private async call(path: string, request: RequestInit): Promise<OrderAnswer> {
    const headers = { ...request.headers, authorization: `Bearer ${this.token}` };
    const response = await fetch(this.url + path, { ...request, headers });
    const replayed = response.headers.get("idempotent-replayed") === "true";
    const text = await response.text();
    // A load balancer's own refusals have no body.
    const body = text === "" ? {} : (JSON.parse(text) as OrderAnswer["body"]);
    return { status: response.status, replayed, body };
  }
}

/** The order of `apps/orders/samples`, as JSON. */
export const sampleOrder = (): string =>
  readFileSync(join(ROOT, "apps", "orders", "samples", "order.json"), "utf8");

/** Orders something, once more with the same key, and as somebody with a forged token; then looks for it in each region. */
export class OrdersSamples implements AppSamples {
  readonly app = "orders";
  readonly title = "orders posted to the load balancer of the app orders";
  readonly path = "through DynamoDB, its stream, EventBridge and SQS to the fulfilment";
  /** The trace that took each order, by its id. */
  private readonly traces = new Map<string, string>();
  private readonly heard = new Heard(this.app, ({ orderId, outcome }, traceId) => {
    if (typeof orderId === "string" && outcome === "accepted") this.traces.set(orderId, traceId);
  });
  readonly metrics = this.heard.metrics;

  note(result: BatchResult): void {
    this.heard.note(result);
  }

  async run(
    { address, zone, regions, running, signal }: Stage,
    onResult: (result: SampleResult) => void = () => undefined,
  ): Promise<SampleResult[]> {
    const results: SampleResult[] = [];
    const show = (what: string, outcome: string, expected: string, more = {}): void => {
      const result = { what, outcome, expected, ...more };
      results.push(result);
      onResult(result);
    };
    const issuer = await TokenIssuer.register({ address, zone });
    const clientIn = async (region: string, token = issuer.token(CUSTOMER)): Promise<OrdersClient> => {
      const value = await published({ address: { ...address, region }, zone }, this.app);
      return new OrdersClient(running.door(value("loadBalancerDnsName")).url, token);
    };
    const [home = "", ...others] = regions;
    const client = await clientIn(home);
    const [key, order] = [randomUUID(), sampleOrder()];

    const first = await client.post(key, order);
    const id = String(first.body["id"]);
    const fulfilled = await until(async () => (await client.get(id)).body["status"] === "fulfilled", signal);
    const traceId = this.traces.get(id);
    show("an order", `${first.status}, ${fulfilled ? "fulfilled" : "waiting"}`, "201, fulfilled", {
      traceId,
    });

    const again = await client.post(key, order);
    const same = again.body["id"] === id && again.body["acceptedAt"] === first.body["acceptedAt"];
    const receipt = again.replayed && same ? "the same receipt" : "another receipt";
    show("the same key again", `${again.status}, ${receipt}`, "200, the same receipt");

    const forged = await clientIn(home, issuer.forger().token(CUSTOMER));
    const refused = await forged.post(randomUUID(), order);
    show("a forged token", `${refused.status}, ${String(refused.body["error"])}`, "401, unauthorized");

    for (const region of others) {
      const { status, body } = await (await clientIn(region)).get(id);
      show(`read in ${region}`, `${status}, ${String(body["status"])}`, "200, fulfilled");
    }
    return results;
  }
}
