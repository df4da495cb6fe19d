import { type ALBResult } from "aws-lambda";
import fc from "fast-check";
import { useHarness } from "./testing/harness";
import { albEvent, goodOrder, lambdaContext, type RequestSample } from "./testing/samples";
import { claimsAt, part, signers, token } from "./testing/tokens";

jest.setTimeout(60_000);

const harness = useHarness();
const key = "8e03978e-40d5-43e8-bc93-6894a57f9324";

const call = async (sample: RequestSample): Promise<ALBResult & { json: Record<string, unknown> }> => {
  const { handler } = await import("./orders.function");
  const result = await handler(albEvent(sample), lambdaContext());
  return { ...result, json: JSON.parse(result.body ?? "{}") as Record<string, unknown> };
};
const now = () => Math.floor(Date.now() / 1000);
const bearer = (claims: object = {}) => `Bearer ${token({ ...claimsAt(now()), ...claims })}`;
const post = (order: unknown = goodOrder, headers: Readonly<Record<string, string>> = {}) =>
  call({
    body: typeof order === "string" ? order : JSON.stringify(order),
    headers: {
      authorization: bearer(),
      "idempotency-key": key,
      "content-type": "application/json; charset=utf-8",
      ...headers,
    },
  });
const get = (path: string, headers: Readonly<Record<string, string>> = { authorization: bearer() }) =>
  call({ method: "GET", path, headers });
const stored = () => [...harness.aws.table("orders").keys()];

describe("POST /orders", () => {
  it("takes an order, and shows it to its customer alone", async () => {
    const placed = await post();
    expect(placed).toMatchObject({ statusCode: 201, json: { status: "accepted" } });
    const path = `/orders/${String(placed.json.id)}`;
    expect(placed.headers).toMatchObject({ location: path });
    expect(await get(path)).toMatchObject({ statusCode: 200, json: goodOrder });
    expect(await get(path, { authorization: bearer({ sub: "customer-2" }) })).toMatchObject({
      statusCode: 404,
    });
  });

  it("answers a repeated request with the same receipt, and takes one order", async () => {
    const first = await post();
    const second = await post();
    expect(second).toMatchObject({ statusCode: 200, json: first.json });
    expect(second.headers).toMatchObject({ "idempotent-replayed": "true" });
    expect(stored()).toHaveLength(1);
  });

  it("does so too when the idempotency record is gone, or the other region took the order", async () => {
    const first = await post();
    harness.aws.table("idempotency").clear();
    expect(await post()).toMatchObject({ statusCode: 200, json: first.json });
    expect(stored()).toHaveLength(1);
  });

  it.each(["kept", "gone"])("refuses the key for another order, with the record %s", async (record) => {
    await post();
    if (record === "gone") harness.aws.table("idempotency").clear();
    const other = await post({ ...goodOrder, note: "Do not ring" });
    expect(other).toMatchObject({ statusCode: 422, json: { error: "key-reused" } });
    expect(stored()).toHaveLength(1);
  });

  it("takes two orders of two customers with the same key", async () => {
    await post();
    await post(goodOrder, { authorization: bearer({ sub: "customer-2" }) });
    expect(stored()).toHaveLength(2);
  });

  it("tells the second of two requests at once to come again", async () => {
    const all = await Promise.all([post(), post(), post()]);
    const statuses = all.map(({ statusCode }) => statusCode).sort();
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.every((status) => [200, 201, 409].includes(status))).toBe(true);
    expect(stored()).toHaveLength(1);
  });

  it("takes each key once, however often and in whatever order requests come", async () => {
    const requests = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(requests, async (sequence) => {
        harness.reset();
        const receipts = new Map<number, unknown>();
        for (const [number, forgotten] of sequence) {
          if (forgotten) harness.aws.table("idempotency").clear();
          const { statusCode, json } = await post(goodOrder, { "idempotency-key": `request-${number}` });
          expect(statusCode).toBe(receipts.has(number) ? 200 : 201);
          expect(json).toEqual(receipts.get(number) ?? json);
          receipts.set(number, json);
        }
        expect(stored()).toHaveLength(receipts.size);
      }),
      { numRuns: 20 },
    );
  });

  it("takes the order after a passing fault, and says so", async () => {
    harness.aws.faults.push({ operation: "PutItem", about: "order#", code: "ThrottlingException" });
    expect(await post()).toMatchObject({ statusCode: 503, headers: { "retry-after": "1" } });
    harness.aws.faults.length = 0;
    expect(await post()).toMatchObject({ statusCode: 201 });
  });
});

describe("hostile requests", () => {
  const [header, payload] = [part({ alg: "none", kid: "ec-1" }), part(claimsAt(now()))];
  const tokens: [string, string][] = [
    ["none", ""],
    ["with alg none", `Bearer ${header}.${payload}.`],
    ["that has expired", bearer({ exp: now() - 60 })],
    ["of another issuer", bearer({ iss: "https://evil.example.com/" })],
    ["that an unknown key signed", `Bearer ${token(claimsAt(now()), { ...signers.ES256, kid: "stranger" })}`],
    ["for another service", bearer({ aud: "https://other.example.com" })],
    ["that breaks lines", 'Bearer a\n{"level":"ERROR"}'],
    ["of a megabyte", `Bearer ${"a".repeat(1_000_000)}`],
  ];
  it.each(tokens)("with a token %s are told no more than that", async (_, authorization) => {
    const answer = await post(goodOrder, { authorization });
    expect(answer).toMatchObject({
      statusCode: 401,
      json: { error: "unauthorized", detail: "a valid bearer token is needed" },
      headers: { "www-authenticate": "Bearer" },
    });
    expect(stored()).toEqual([]);
  });

  const bodies: [string, string, number, string][] = [
    ["that is too large", JSON.stringify({ note: "a".repeat(9000) }), 413, "too-large"],
    ["that is too deep", "[".repeat(8000), 400, "too-deep"],
    ["that is no JSON", "{'a': 1}", 400, "malformed-json"],
    ["that is empty", "", 400, "malformed-json"],
    ["with fields of its own", JSON.stringify({ ...goodOrder, status: "fulfilled" }), 422, "invalid-order"],
    ["with a prototype", '{"__proto__":{"items":[]}}', 422, "invalid-order"],
  ];
  it.each(bodies)("with a body %s are refused", async (_, body, statusCode, error) => {
    expect(await post(body)).toMatchObject({ statusCode, json: { error } });
    expect(stored()).toEqual([]);
  });

  const others: [string, RequestSample, number][] = [
    ["an unknown path", { method: "GET", path: "/../../etc/passwd" }, 404],
    ["an id that is none", { method: "GET", path: "/orders/1" }, 404],
    ["another method", { method: "DELETE", path: "/orders" }, 405],
    ["a method that is none", { method: "GET\nX: y", path: "/health" }, 405],
  ];
  it.each(others)("for %s are refused", async (_, sample, statusCode) => {
    expect(await call(sample)).toMatchObject({ statusCode });
  });

  it("with two keys or two tokens are refused, rather than one of them chosen", async () => {
    const multiValueHeaders = {
      authorization: [bearer()],
      "idempotency-key": [key, "another-key"],
      "content-type": ["application/json"],
    };
    const answer = await call({ multiValueHeaders, body: JSON.stringify(goodOrder) });
    expect(answer).toMatchObject({ statusCode: 400, json: { error: "malformed-request" } });
  });

  it.each(["text/plain", "application/xml", ""])("of the type '%s' are refused", async (type) => {
    expect(await post(goodOrder, { "content-type": type })).toMatchObject({ statusCode: 415 });
  });

  it("that are nothing that we know are answered all the same", async () => {
    const { handler } = await import("./orders.function");
    expect(await handler({} as never, lambdaContext())).toMatchObject({ statusCode: 400 });
  });
});

describe("what is written", () => {
  it("holds nothing that a client wrote: no address, note, token, key, customer or path", async () => {
    const secret = "S3CRET";
    const signed = bearer({ sub: secret });
    const order = { ...goodOrder, note: secret, shipTo: { ...goodOrder.shipTo, name: `${secret} Byron` } };
    const headers = { authorization: signed, "idempotency-key": `${secret}-key-1` };
    await post(order, headers);
    await post(order, headers);
    await post({ ...order, [secret]: secret, shipTo: { name: `${secret}\n` } }, headers);
    await post(`{"${secret}`, headers);
    await post(order, { ...headers, authorization: `Bearer ${secret}.${secret}.${secret}` });
    await post(order, { ...headers, "idempotency-key": `${secret}\n{"level":"ERROR"}` });
    await get(`/orders/${secret}`);
    harness.aws.faults.push({ operation: "PutItem", about: secret, code: "ValidationException" });
    await post(order, { ...headers, "idempotency-key": `${secret}-key-2` });

    expect(harness.outcomes()).toHaveLength(8);
    const written = harness.text();
    for (const word of [secret, "Byron", goodOrder.shipTo.street, ...signed.slice(7).split(".")])
      expect(written).not.toContain(word);
  });

  it("is one line for a request, whatever is in it", async () => {
    await call({ method: "GET", path: '/x\n{"level":"ERROR","outcome":"forged"}' });
    expect(harness.outcomes()).toMatchObject([{ outcome: "refused", reason: "not-found", route: "none" }]);
  });

  it("says why a token was refused", async () => {
    await post(goodOrder, { authorization: bearer({ exp: 1 }) });
    expect(harness.outcomes()).toMatchObject([{ reason: "unauthorized", tokenProblem: "expired" }]);
  });

  it("counts what requests came to", async () => {
    await post();
    await call({ method: "GET", path: "/none" });
    expect(harness.lines()).toContainEqual(expect.objectContaining({ service: "orders", OrdersAccepted: 1 }));
    expect(harness.lines()).toContainEqual(
      expect.objectContaining({ reason: "not-found", RequestsRefused: 1 }),
    );
  });
});

describe("GET /health", () => {
  const fresh = async () => {
    // A new instance, which remembers no earlier answer.
    jest.resetModules();
    return call({ method: "GET", path: "/health" });
  };

  it("says that all is well, to anyone", async () => {
    expect(await fresh()).toMatchObject({
      statusCode: 200,
      json: {
        status: "ok",
        region: "eu-west-1",
        checks: { "orders-table": "ok", "idempotency-table": "ok", "issuer-keys": "ok" },
      },
    });
    expect(stored()).toEqual(["health#eu-west-1"]);
  });

  it.each([
    ["orders-table", { operation: "PutItem", about: "health#", code: "InternalServerError" }],
    ["orders-table", { operation: "GetItem", about: "health#", code: "InternalServerError" }],
    ["idempotency-table", { operation: "GetItem", about: "idempotency", code: "ResourceNotFoundException" }],
    ["issuer-keys", { operation: "GetItem", about: "issuers", code: "AccessDeniedException" }],
  ])("says that %s fails, and why in the log alone", async (name, fault) => {
    harness.aws.faults.push(fault);
    const { statusCode, json, body } = await fresh();
    expect({ statusCode, json }).toMatchObject({ statusCode: 503, json: { checks: { [name]: "failed" } } });
    expect(body).not.toContain(fault.code);
    expect(harness.lines()).toContainEqual(expect.objectContaining({ level: "ERROR", dependency: name }));
  });

  it("does not call itself healthy while nobody's token could be judged", async () => {
    harness.aws.table("issuers").clear();
    expect(await fresh()).toMatchObject({ statusCode: 503, json: { checks: { "issuer-keys": "failed" } } });
  });
});
