import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { sampleOrder, type TokenIssuer } from "@landfall/local/zone";

/** Is in every place of a hostile request that no log may tell. */
export const SECRET = "s3cr3t-8f21c7";

/** What a hostile client sends, and what it must be answered. */
export interface HostileRequest {
  readonly title: string;
  readonly method?: "GET" | "POST";
  /** As it is sent: neither cleaned nor encoded. */
  readonly path?: string;
  /** Values that come twice are sent twice. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  readonly status: number;
  /** The code in the answer. */
  readonly error?: string;
}

const orderWith = (change: object): string =>
  JSON.stringify({ ...(JSON.parse(sampleOrder()) as object), ...change });

const shippedTo = (name: string): string => {
  const { shipTo } = JSON.parse(sampleOrder()) as { readonly shipTo: object };
  return orderWith({ shipTo: { ...shipTo, name } });
};

/** A line as the functions write them, after a line feed of the attacker's. */
const INJECTED = `x\n{"level":"ERROR","message":"${SECRET} injected"}`;

/** Requests that must not be served, and some odd ones that must. */
export function hostileRequests(issuer: TokenIssuer): readonly HostileRequest[] {
  const bearer = (token: string) => ({
    authorization: `Bearer ${token}`,
    "idempotency-key": randomUUID(),
    "content-type": "application/json",
  });
  const good = () => bearer(issuer.token(`customer-${SECRET}`));
  const unsigned = [{ alg: "none", kid: "x" }, { sub: SECRET }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const unauthorized = { status: 401, error: "unauthorized", body: sampleOrder() };
  const invalid = { status: 422, error: "invalid-order" };
  const usedTwice = good();
  const past = Math.floor(Date.now() / 1000) - 3600;
  return [
    { title: "no token", ...unauthorized, headers: { "idempotency-key": randomUUID() } },
    { title: "a forged token", ...unauthorized, headers: bearer(issuer.forger().token(SECRET)) },
    { title: "an expired token", ...unauthorized, headers: bearer(issuer.token(SECRET, { exp: past })) },
    {
      title: "a token for somebody else",
      ...unauthorized,
      headers: bearer(issuer.token(SECRET, { aud: "x" })),
    },
    { title: "an unsigned token", ...unauthorized, headers: bearer(`${unsigned}.`) },
    {
      title: "two tokens",
      headers: { ...good(), authorization: ["a", "b"].map((each) => `Bearer ${issuer.token(each)}`) },
      ...{ status: 400, error: "malformed-request", body: sampleOrder() },
    },
    {
      title: "a body of more than 8 KiB",
      headers: good(),
      body: orderWith({ note: SECRET.repeat(1000) }),
      ...{ status: 413, error: "too-large" },
    },
    {
      title: "a body of more than a load balancer takes",
      headers: good(),
      body: SECRET.repeat(80_000),
      status: 413,
    },
    {
      title: "JSON of 2000 levels",
      headers: good(),
      body: `${"[".repeat(2000)}"${SECRET}"${"]".repeat(2000)}`,
      ...{ status: 400, error: "too-deep" },
    },
    {
      title: "half an order",
      headers: good(),
      body: `{"note":"${SECRET}`,
      ...{ status: 400, error: "malformed-json" },
    },
    {
      title: "bytes that are no UTF-8",
      headers: { ...good(), "content-type": "application/json" },
      body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
      ...{ status: 400, error: "malformed-json" },
    },
    {
      title: "an order as plain text",
      headers: { ...good(), "content-type": "text/plain" },
      body: sampleOrder(),
      ...{ status: 415, error: "unsupported-type" },
    },
    { title: "an unknown field", headers: good(), body: orderWith({ isAdmin: SECRET }), ...invalid },
    { title: "a log line in the note", headers: good(), body: orderWith({ note: INJECTED }), ...invalid },
    {
      title: "a name that turns its direction around",
      headers: good(),
      body: shippedTo(`${SECRET}\u202eadA`),
      ...invalid,
    },
    {
      title: "a key that is none",
      headers: { ...good(), "idempotency-key": `${SECRET} {"level":"ERROR"}` },
      body: sampleOrder(),
      ...{ status: 400, error: "invalid-idempotency-key" },
    },
    {
      title: "a path that climbs",
      method: "GET",
      path: `/orders/../../${SECRET}/etc/passwd`,
      headers: good(),
      ...{ status: 404, error: "not-found" },
    },
    {
      title: "a path with a log line",
      method: "GET",
      path: `/orders/%0a%7b%22level%22:%22${SECRET}%22%7d`,
      headers: good(),
      ...{ status: 404, error: "not-found" },
    },
    { title: "a name in another script", headers: good(), body: shippedTo("張偉 Zoë Ođlović"), status: 201 },
    { title: "an order", headers: usedTwice, body: sampleOrder(), status: 201 },
    {
      title: "another order with its key",
      headers: usedTwice,
      body: orderWith({ note: SECRET }),
      ...{ status: 422, error: "key-reused" },
    },
    { title: "a name with an emoji", headers: good(), body: shippedTo("Ada 🪔"), status: 201 },
  ];
}

/** Sends a request as it is: `fetch` would clean its path and join its headers. */
export function send(
  url: string,
  { method = "POST", path = "/orders", headers, body = "" }: Omit<HostileRequest, "title" | "status">,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((settle, fail) => {
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const sent = request({ hostname, port, method, path, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        settle({ status: response.statusCode, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("error", fail);
    sent.end(body);
  });
}
