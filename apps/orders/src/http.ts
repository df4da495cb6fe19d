import { type ALBEvent, type ALBResult } from "aws-lambda";
import { Refusal } from "./refusal";

/** A request as the domain sees it. */
export interface Request {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** By lower-case name, all values of each. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Bytes as sent; not yet looked into. */
  readonly body: Uint8Array;
}

/** An answer as the domain gives it. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Bytes of a body at the most: AWS WAF looks into the first 8 KiB and refuses more. */
export const maxBodyBytes = 8192;

/** For answers that nobody is to keep, frame or take for something else; browsers come back over HTTPS alone. */
const always = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
};

/**
 * Reads the event of a load balancer. A body is measured before it is decoded.
 * @throws Refusal `malformed-request` or `too-large`
 */
export function toRequest(event: ALBEvent): Request {
  const { httpMethod, path, body, isBase64Encoded } = event;
  if (typeof httpMethod !== "string" || typeof path !== "string") {
    throw new Refusal("malformed-request", "not a request of a load balancer");
  }
  const headers = new Map<string, readonly string[]>();
  const given: Readonly<Record<string, string | readonly string[] | undefined>> =
    event.multiValueHeaders ?? event.headers ?? {};
  for (const [name, values] of Object.entries(given)) {
    if (values === undefined) continue;
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), ...(typeof values === "string" ? [values] : values)]);
  }
  return { method: httpMethod, path, headers, body: toBytes(body ?? "", isBase64Encoded) };
}

function toBytes(body: string, base64: boolean): Uint8Array {
  // Four characters of Base64 are three bytes; a character of text is at least one.
  refuseAbove(base64 ? Math.floor((body.length * 3) / 4) - 2 : body.length);
  const bytes = Buffer.from(body, base64 ? "base64" : "utf8");
  refuseAbove(bytes.length);
  return bytes;
}

function refuseAbove(bytes: number): void {
  if (bytes > maxBodyBytes) throw new Refusal("too-large", `a body has at most ${maxBodyBytes} bytes`);
}

/**
 * The only value of a header.
 * @returns `undefined` when it is not there
 * @throws Refusal `malformed-request` when it is there twice: whoever reads the other one would see another request
 */
export function single({ headers }: Request, name: string): string | undefined {
  const values = headers.get(name) ?? [];
  if (values.length > 1) throw new Refusal("malformed-request", `the header ${name} is there twice`);
  return values[0];
}

/** What the load balancer expects, in the form in which it sent the request. */
export function toResult({ status, headers, body }: Answer, event: ALBEvent): ALBResult {
  const all = { ...always, ...headers };
  return {
    statusCode: status,
    ...(event.multiValueHeaders
      ? {
          multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
        }
      : { headers: all }),
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}
