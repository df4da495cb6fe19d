import { request } from "node:http";
import { connect } from "node:net";
import { type CacheServer, type CacheServerOptions, startCacheServer } from "./cache-server";
import { type CacheStore, type StoredResult } from "./s3-store";

const HASH = "12345678901234567890";

/** A store in memory that never replaces an entry; that S3 behaves so is proven on the emulator, in the rung `local`. */
class MemoryStore implements CacheStore {
  readonly entries = new Map<string, Uint8Array>();
  get = (hash: string) => Promise.resolve(this.entries.get(hash));
  put = (hash: string, content: Uint8Array): Promise<StoredResult> => {
    if (this.entries.has(hash)) return Promise.resolve("exists");
    this.entries.set(hash, content);
    return Promise.resolve("stored");
  };
}

let store: MemoryStore;
let said: string[];
let server: CacheServer;

async function serve(change: Partial<CacheServerOptions> = {}): Promise<void> {
  await server?.close();
  server = await startCacheServer({ store, readOnly: false, say: (line) => said.push(line), ...change });
}
beforeEach(async () => {
  store = new MemoryStore();
  said = [];
  await serve();
});
afterAll(() => server.close());

const token = () => server.env.NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN;
const base = () => server.env.NX_SELF_HOSTED_REMOTE_CACHE_SERVER;

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly authorization?: string;
}

async function call({ method = "GET", path = `/v1/cache/${HASH}`, body, authorization }: Call = {}) {
  const response = await fetch(base() + path, {
    method,
    headers: { Authorization: authorization ?? `Bearer ${token()}` },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

describe("the cache server", () => {
  it("gives back what was put, to the byte", async () => {
    expect(await call()).toEqual({ status: 404, text: "no such entry" });
    expect(await call({ method: "PUT", body: "a tar\0" })).toMatchObject({ status: 200 });
    expect(await call()).toEqual({ status: 200, text: "a tar\0" });
    expect(server.counts).toEqual({ hits: 1, misses: 1, stored: 1, refused: 0, failed: 0 });
  });

  it("listens on the loopback interface alone, with a token of 256 bits of its own", async () => {
    const before = token();
    expect(base()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    await serve();
    expect(token()).not.toBe(before);
  });

  it.each(["", "Bearer ", "Bearer wrong", `Bearer ${"0".repeat(64)}`, "Basic eDp5"])(
    "refuses the authorization %j, for reading and for writing",
    async (authorization) => {
      store.entries.set(HASH, Buffer.from("secret"));
      const refused = { status: 401, text: "the token must be that of this run" };
      expect(await call({ authorization })).toEqual(refused);
      expect(await call({ method: "PUT", path: "/v1/cache/other", body: "x", authorization })).toEqual(
        refused,
      );
      expect(store.entries.has("other")).toBe(false);
    },
  );

  it("never replaces an entry", async () => {
    await call({ method: "PUT", body: "first" });
    expect(await call({ method: "PUT", body: "second" })).toMatchObject({ status: 409 });
    expect(await call()).toMatchObject({ text: "first" });
    expect(server.counts).toMatchObject({ stored: 1, refused: 1 });
  });

  it("refuses every write when it is read only, and reads all the same", async () => {
    store.entries.set(HASH, Buffer.from("known"));
    await serve({ readOnly: true });
    expect(await call({ method: "PUT", path: "/v1/cache/new", body: "poison" })).toEqual({
      status: 403,
      text: "this run may only read the cache",
    });
    expect(store.entries.has("new")).toBe(false);
    expect(await call()).toEqual({ status: 200, text: "known" });
  });

  it.each([
    "/v1/cache/",
    "/v1/cache/..%2f..%2fstate",
    "/v1/cache/a/b",
    "/v1/cache/a?b",
    `/v1/cache/${"1".repeat(65)}`,
    "/v1/cache/a%00",
    "/v2/cache/1",
    "/",
  ])("takes no key from the path %s", async (path) => {
    expect(await call({ method: "PUT", path, body: "x" })).toMatchObject({ status: 404 });
    expect(store.entries.size).toBe(0);
  });

  it("knows no other method", async () => {
    expect(await call({ method: "DELETE" })).toMatchObject({ status: 405 });
  });

  it("refuses an entry that is too large, in a way that does not fail the build, and gives out none", async () => {
    await serve({ maxBytes: 4 });
    expect(await call({ method: "PUT", body: "12345" })).toEqual({
      status: 403,
      text: "an entry must be at most 4 bytes",
    });
    expect(said).toEqual([
      "A task made 5 bytes, more than the 4 that the remote cache takes: it is not shared.",
    ]);
    expect(await call({ method: "PUT", body: "1234" })).toMatchObject({ status: 200 });
    store.entries.set("large", Buffer.from("12345"));
    expect(await call({ path: "/v1/cache/large" })).toMatchObject({ status: 404 });
  });

  it("refuses a body of unknown length", async () => {
    const status = await new Promise((answered, failed) => {
      const put = request(`${base()}/v1/cache/${HASH}`, {
        method: "PUT",
        headers: { Authorization: `Bearer ${token()}`, "Transfer-Encoding": "chunked" },
      });
      put.once("response", (response) => answered(response.statusCode)).once("error", failed);
      put.end("x");
    });
    expect(status).toBe(400);
    expect(store.entries.size).toBe(0);
  });

  it("keeps nothing of a body that breaks off", async () => {
    await new Promise<void>((closed) => {
      const socket = connect(Number(new URL(base()).port), "127.0.0.1", () => {
        socket.write(
          `PUT /v1/cache/${HASH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token()}\r\nContent-Length: 100\r\n\r\nhalf`,
          () => socket.destroy(),
        );
      });
      socket.once("close", () => closed());
    });
    expect(await call()).toMatchObject({ status: 404 });
    expect(store.entries.size).toBe(0);
  });

  it("takes a store that can't be read for a miss, and says so", async () => {
    store.get = () => Promise.reject(Object.assign(new Error("secret detail"), { name: "AccessDenied" }));
    expect(await call()).toMatchObject({ status: 404 });
    expect(said).toEqual(["The remote cache could not be read (AccessDenied): the task runs."]);
  });

  it("says when the store could not be written", async () => {
    store.put = () => Promise.reject(Object.assign(new Error("secret detail"), { name: "SlowDown" }));
    expect(await call({ method: "PUT", body: "x" })).toEqual({
      status: 403,
      text: "nothing was stored: the store failed",
    });
    expect(said).toEqual([
      "The remote cache could not be written (SlowDown): the next build will run this task anew.",
    ]);
    expect(server.counts).toMatchObject({ stored: 0, failed: 1 });
  });
});
