import { type Health } from "./health";
import { type Answer, type Request, single } from "./http";
import { parseJson } from "./json";
import { digestOf, orderId, parseIdempotencyKey, parseOrder } from "./order";
import { type OrderRow, type Orders, place } from "./orders";
import { Refusal } from "./refusal";
import { type Caller, TokenError, type TokenProblem } from "./token";

export interface Ports {
  readonly orders: Orders;
  /** Who an `Authorization` header proves to be calling. @throws TokenError */
  authenticate(header: string | undefined): Promise<Caller>;
  health(): Promise<Health>;
  /** This function's region. */
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What a request was for: by its pattern, never as it was sent. */
export type Route = "POST /orders" | "GET /orders/{id}" | "GET /health" | "none";

/** What became of a request, with what was learnt about it. */
export interface Result {
  readonly route: Route;
  readonly answer: Answer;
  readonly orderId?: string;
  readonly outcome: "accepted" | "replayed" | "found" | "healthy" | "unhealthy" | "refused" | "failed";
  readonly refusal?: Refusal;
  readonly tokenProblem?: TokenProblem;
  readonly error?: unknown;
}

const orderPath = /^\/orders\/([0-9a-f]{32})$/;

/** Answers a request. Never throws: every fault is in the result. */
export async function answer(request: Request, ports: Ports): Promise<Result> {
  const route = routeOf(request);
  try {
    if (route === "GET /health") return await health(ports);
    if (route === "none") throw unknownRoute(request);
    const { subject } = await ports.authenticate(single(request, "authorization"));
    return route === "POST /orders"
      ? await accept(request, subject, ports)
      : await find(orderPath.exec(request.path)?.[1] ?? "", subject, ports);
  } catch (error) {
    return refusedOrFailed(route, error);
  }
}

/** The result of a request that can't be read or served. */
export function refusedOrFailed(route: Route, error: unknown): Result {
  if (error instanceof TokenError) {
    const refusal = new Refusal("unauthorized", "a valid bearer token is needed");
    return { ...refused(route, refusal), tokenProblem: error.problem };
  }
  if (error instanceof Refusal) return refused(route, error);
  const body = { error: "unavailable", detail: "try again with the same Idempotency-Key" };
  return { route, outcome: "failed", error, answer: { status: 503, headers: { "retry-after": "1" }, body } };
}

function refused(route: Route, refusal: Refusal): Result {
  const { status, reason, detail } = refusal;
  const headers: Record<string, string> = {
    ...(reason === "unauthorized" && { "www-authenticate": "Bearer" }),
    ...(reason === "method-not-allowed" && { allow: "GET, POST" }),
    ...(reason === "in-progress" && { "retry-after": "1" }),
  };
  return { route, outcome: "refused", refusal, answer: { status, headers, body: { error: reason, detail } } };
}

function routeOf({ method, path }: Request): Route {
  if (method === "POST" && path === "/orders") return "POST /orders";
  if (method === "GET" && path === "/health") return "GET /health";
  if (method === "GET" && orderPath.test(path)) return "GET /orders/{id}";
  return "none";
}

const unknownRoute = ({ path }: Request): Refusal =>
  path === "/orders" || path === "/health" || orderPath.test(path)
    ? new Refusal("method-not-allowed", "POST /orders, GET /orders/{id} and GET /health")
    : new Refusal("not-found", "there is nothing at this path");

async function health(ports: Ports): Promise<Result> {
  const { healthy, region, checks } = await ports.health();
  return {
    route: "GET /health",
    outcome: healthy ? "healthy" : "unhealthy",
    answer: { status: healthy ? 200 : 503, body: { status: healthy ? "ok" : "failed", region, checks } },
  };
}

async function accept(request: Request, customer: string, ports: Ports): Promise<Result> {
  const key = parseIdempotencyKey(single(request, "idempotency-key"));
  const type = single(request, "content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refusal("unsupported-type", "send application/json");
  const order = parseOrder(parseJson(request.body));
  const row: OrderRow = {
    id: orderId(customer, key),
    customer,
    status: "accepted",
    acceptedAt: new Date(ports.now()).toISOString(),
    region: ports.region,
    digest: digestOf(order),
    order,
  };
  const { receipt, created } = await place(row, ports.orders);
  return {
    route: "POST /orders",
    outcome: created ? "accepted" : "replayed",
    orderId: receipt.id,
    answer: {
      status: created ? 201 : 200,
      headers: { location: `/orders/${receipt.id}`, ...(!created && { "idempotent-replayed": "true" }) },
      body: { id: receipt.id, status: receipt.status, acceptedAt: receipt.acceptedAt },
    },
  };
}

async function find(id: string, customer: string, { orders }: Ports): Promise<Result> {
  const row = await orders.find(id);
  // Another customer's order is not there, rather than forbidden: ids tell nothing.
  if (row?.customer !== customer) throw new Refusal("not-found", "there is no such order");
  const { status, acceptedAt, order } = row;
  return {
    route: "GET /orders/{id}",
    outcome: "found",
    orderId: id,
    answer: { status: 200, body: { id, status, acceptedAt, ...order } },
  };
}
