import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type CacheStore } from "./s3-store";

export interface CacheServerOptions {
  readonly store: CacheStore;
  /** Refuses every write: for builds of code that nobody has approved. */
  readonly readOnly: boolean;
  /** The largest entry in bytes, up and down. @default 128 MiB */
  readonly maxBytes?: number;
  /** Told what went wrong with the store, in one line, and what became of it. */
  readonly say: (line: string) => void;
}

/** What a run has used the cache for. */
export interface CacheCounts {
  hits: number;
  misses: number;
  stored: number;
  refused: number;
  failed: number;
}

/** Nx's remote cache on the loopback interface. */
export interface CacheServer {
  readonly counts: Readonly<CacheCounts>;
  /** The variables that make Nx use it. The token is of this run alone. */
  readonly env: Readonly<
    Record<"NX_SELF_HOSTED_REMOTE_CACHE_SERVER" | "NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN", string>
  >;
  close(): Promise<void>;
}

/** 128 MiB: a fleet's largest synthesis is half of it. */
const MAX_BYTES = 128 * 1024 * 1024;

/** Nx's task hashes are numbers of 64 bits; letters and hyphens are for other hashers of Nx's. Nothing else becomes a key. */
const ENTRY = /^\/v1\/cache\/([A-Za-z0-9_-]{1,64})$/;

/** Milliseconds for which a client may say nothing. */
const TIMEOUT_MS = 30_000;

/** Of all refusals of a write, the one that Nx takes as "not shared"; any other but 409 fails the build. */
const FORBIDDEN = 403;

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Serves a store to the Nx of this machine by Nx's own protocol. A failing store is a slow build, not a failed one: reading
 * is then a miss, and what could not be written is said.
 *
 * @see https://nx.dev/docs/kb/self-hosted-caching
 */
export async function startCacheServer(options: CacheServerOptions): Promise<CacheServer> {
  const token = randomBytes(32).toString("hex");
  const counts: CacheCounts = { hits: 0, misses: 0, stored: 0, refused: 0, failed: 0 };
  const server = createServer((request, response) => {
    void answer(request, response, token, options, counts);
  });
  server.setTimeout(TIMEOUT_MS);
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    counts,
    env: {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${port}`,
      NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token,
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  options: CacheServerOptions,
  counts: CacheCounts,
): Promise<void> {
  try {
    mustBeAuthorized(request, token);
    const hash = ENTRY.exec(request.url ?? "")?.[1];
    if (hash === undefined) throw new Refusal(404, "the path must be /v1/cache/<hash>");
    if (request.method === "GET") await read(hash, response, options, counts);
    else if (request.method === "PUT") await write(hash, request, response, options, counts);
    else throw new Refusal(405, "'method' must be one of GET, PUT");
  } catch (error) {
    const { status, message } = error instanceof Refusal ? error : new Refusal(500, "the cache failed");
    if (request.method === "PUT") counts.refused += 1;
    // What the client still sends is not read.
    response.writeHead(status, { "Content-Type": "text/plain", Connection: "close" }).end(message);
  }
}

function mustBeAuthorized({ headers }: IncomingMessage, token: string): void {
  const [given, expected] = [headers.authorization ?? "", `Bearer ${token}`].map((each) => Buffer.from(each));
  if (given?.length !== expected?.length || !timingSafeEqual(given as Buffer, expected as Buffer)) {
    throw new Refusal(401, "the token must be that of this run");
  }
}

async function read(
  hash: string,
  response: ServerResponse,
  { store, say, maxBytes = MAX_BYTES }: CacheServerOptions,
  counts: CacheCounts,
): Promise<void> {
  let content: Uint8Array | undefined;
  try {
    content = await store.get(hash);
  } catch (error) {
    counts.failed += 1;
    say(`The remote cache could not be read (${reason(error)}): the task runs.`);
  }
  if (content === undefined || content.length > maxBytes) {
    counts.misses += 1;
    throw new Refusal(404, "no such entry");
  }
  counts.hits += 1;
  response
    .writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": content.length })
    .end(content);
}

async function write(
  hash: string,
  request: IncomingMessage,
  response: ServerResponse,
  { store, say, readOnly, maxBytes = MAX_BYTES }: CacheServerOptions,
  counts: CacheCounts,
): Promise<void> {
  if (readOnly) throw new Refusal(FORBIDDEN, "this run may only read the cache");
  const length = lengthOf(request);
  if (length > maxBytes) {
    say(
      `A task made ${length} bytes, more than the ${maxBytes} that the remote cache takes: it is not shared.`,
    );
    throw new Refusal(FORBIDDEN, `an entry must be at most ${maxBytes} bytes`);
  }
  const content = await bodyOf(request, length);
  try {
    if ((await store.put(hash, content)) === "exists") throw new Refusal(409, "the entry is there already");
  } catch (error) {
    if (error instanceof Refusal) throw error;
    counts.failed += 1;
    say(`The remote cache could not be written (${reason(error)}): the next build will run this task anew.`);
    throw new Refusal(FORBIDDEN, "nothing was stored: the store failed");
  }
  counts.stored += 1;
  response.writeHead(200).end();
}

function lengthOf({ headers }: IncomingMessage): number {
  const length = headers["content-length"];
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw new Refusal(400, "'Content-Length' must be the size in bytes");
  }
  return Number(length);
}

/** The whole body; one that breaks off is none. */
async function bodyOf(request: IncomingMessage, length: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const content = Buffer.concat(parts);
  if (content.length !== length) throw new Refusal(400, "the body is not as long as it says");
  return content;
}

const reason = (error: unknown): string => (error instanceof Error ? error.name : "unknown");
