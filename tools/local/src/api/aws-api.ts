import { LandfallError } from "@landfall/core";
import { type AwsAddress } from "../functions/aws-clients";
import { parseXml, type XmlElement } from "./xml";

/** A request to an API that no SDK client of the workspace speaks. */
interface ApiRequest {
  /** As requests to it are signed, e.g. `elasticloadbalancing`. */
  readonly service: string;
  readonly method: "GET" | "POST";
  /** With its query, e.g. `/2013-04-01/hostedzone`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const TIMEOUT_MS = 30_000;

/** Named as a signed request, which is all that the emulator looks at: it checks no signature. */
const send = async ({ endpoint, region, env }: AwsAddress, request: ApiRequest): Promise<string> => {
  const { service, method, path, headers = {}, body } = request;
  const key = env["AWS_ACCESS_KEY_ID"] ?? "";
  const authorization = `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const response = await fetch(`${endpoint}${path}`, {
    method,
    headers: { ...headers, authorization },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = await response.text();
  if (!response.ok)
    throw new LandfallError(`${service} ${path} failed: HTTP ${response.status} ${answer.slice(0, 300)}`);
  return answer;
};

/**
 * Calls an API of the JSON protocol.
 *
 * @param target e.g. `DynamoDBStreams_20120810.GetRecords`
 * @throws LandfallError with the answer, when it is an error
 */
export const callJson = async <Answer>(
  address: AwsAddress,
  service: string,
  target: string,
  request: object,
): Promise<Answer> => {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  const body = JSON.stringify(request);
  const answer = await send(address, { service, method: "POST", path: "/", headers, body });
  return JSON.parse(answer === "" ? "{}" : answer) as Answer;
};

/**
 * Calls an API of the query protocol.
 *
 * @param request with `Action` and `Version`
 * @returns the element `<Action>Result`
 * @throws LandfallError with the answer, when it is an error
 */
export const callQuery = async (
  address: AwsAddress,
  service: string,
  request: Readonly<Record<string, string>>,
): Promise<XmlElement> => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(request).toString();
  const root = parseXml(await send(address, { service, method: "POST", path: "/", headers, body }));
  const result = root.children.find(({ name }) => name === `${request["Action"]}Result`);
  if (!result) throw new LandfallError(`${service} ${request["Action"]} gave no result`);
  return result;
};

/**
 * Reads from an API of the REST protocol that answers with XML.
 *
 * @throws LandfallError with the answer, when it is an error
 */
export const getXml = async (address: AwsAddress, service: string, path: string): Promise<XmlElement> =>
  parseXml(await send(address, { service, method: "GET", path }));

/**
 * Reads from an API of the REST protocol that answers with JSON.
 *
 * @throws LandfallError with the answer, when it is an error
 */
export const getJson = async <Answer>(address: AwsAddress, service: string, path: string): Promise<Answer> =>
  JSON.parse(await send(address, { service, method: "GET", path })) as Answer;
