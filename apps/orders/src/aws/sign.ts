import { createHash, createHmac } from "node:crypto";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface Signable {
  readonly url: URL;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  /** e.g. `events` */
  readonly service: string;
  readonly now: Date;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/**
 * The headers of a POST request, signed with AWS's Signature Version 4. There is no SDK client for EventBridge among our
 * packages, and this is all that it would be used for.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(request: Signable, credentials: Credentials): Record<string, string> {
  const { url, body, region, service } = request;
  const time = request.now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers: Record<string, string> = {
    ...request.headers,
    host: url.host,
    "x-amz-date": time,
    ...(credentials.sessionToken !== undefined && { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const scope = [time.slice(0, 8), region, service, "aws4_request"];
  const canonical = [
    "POST",
    url.pathname,
    "",
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim()}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: [
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join("/")}`,
      `SignedHeaders=${names.join(";")}`,
      `Signature=${hmac(key, toSign).toString("hex")}`,
    ].join(", "),
  };
}
