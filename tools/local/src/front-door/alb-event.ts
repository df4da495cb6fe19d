import { type ALBEvent } from "aws-lambda";
import { pathOf, queryOf, type RoutedRequest } from "./routing";

/** A request with its body. */
export interface WholeRequest extends RoutedRequest {
  readonly body: Buffer;
}

const TEXT = /^(?:text\/|application\/(?:json|javascript|xml)(?:;|$))/i;

/** Lists of values by name, each as it was written. */
const queryValues = (query: string): Map<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const pair of query.split("&").filter((each) => each !== "")) {
    const at = pair.indexOf("=");
    const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
};

const lastOf = (values: ReadonlyMap<string, readonly string[]>): Record<string, string> =>
  Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? ""]));

/**
 * The event that a load balancer makes of a request. Query values are not decoded, as AWS does not; of values that come
 * more than once the last one counts, unless the target group wants lists.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function albEvent(request: WholeRequest, targetGroupArn: string, multiValue: boolean): ALBEvent {
  const query = queryValues(queryOf(request));
  const type = request.headers.get("content-type")?.[0] ?? "";
  const isText = TEXT.test(type) && !request.headers.has("content-encoding");
  const isBase64Encoded = request.body.length > 0 && !isText;
  const parts = multiValue
    ? {
        multiValueQueryStringParameters: Object.fromEntries(query),
        multiValueHeaders: Object.fromEntries([...request.headers].map(([name, all]) => [name, [...all]])),
      }
    : { queryStringParameters: lastOf(query), headers: lastOf(request.headers) };
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: request.method,
    path: pathOf(request),
    ...parts,
    body: request.body.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
}

/** What goes back to the client. */
export interface AlbResponse {
  readonly status: number;
  readonly statusText: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

const LARGEST_RESPONSE = 1_048_576;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);

/** Headers of a response; undefined when they are malformed. */
const readHeaders = (given: unknown, multiValue: boolean): (readonly [string, string])[] | undefined => {
  if (given === undefined || given === null) return [];
  if (!isObject(given)) return undefined;
  const found: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(given)) {
    const values: unknown[] | undefined = multiValue ? (Array.isArray(value) ? value : undefined) : [value];
    if (!values?.every(isScalar)) return undefined;
    found.push(...values.map((each) => [name, String(each)] as const));
  }
  return found;
};

/**
 * Reads what a function returned.
 *
 * @param payload JSON; undefined when the function returned nothing
 * @returns undefined when it is malformed, which a load balancer answers with 502
 */
export function albResponse(payload: string | undefined, multiValue: boolean): AlbResponse | undefined {
  if (payload === undefined || Buffer.byteLength(payload) > LARGEST_RESPONSE) return undefined;
  let result: unknown;
  try {
    result = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (!isObject(result)) return undefined;
  const { statusCode, statusDescription, body = "", isBase64Encoded = false } = result;
  const status = typeof statusCode === "string" ? Number(statusCode) : statusCode;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599)
    return undefined;
  if (body !== null && typeof body !== "string") return undefined;
  const headers = readHeaders(result[multiValue ? "multiValueHeaders" : "headers"], multiValue);
  if (!headers) return undefined;
  return {
    status,
    // "200 OK": the number before the words goes into the status already.
    statusText: typeof statusDescription === "string" ? statusDescription.replace(/^\d+\s*/, "") : undefined,
    headers,
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}
