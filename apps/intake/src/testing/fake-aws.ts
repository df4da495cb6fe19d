import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type AttributeValue } from "@aws-sdk/client-dynamodb";

type Item = Record<string, AttributeValue>;

interface TableRequest {
  TableName: string;
  Item: Item;
  Key: Item;
  ConditionExpression?: string;
  UpdateExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Item;
}

interface SendMessageRequest {
  MessageBody: string;
  MessageAttributes: Record<string, { StringValue: string }>;
}

export interface DeadLetter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** The header that tells SQS the sender's trace. */
  readonly trace: string | undefined;
}

/** An error to answer with, for the requests of one operation whose address or body holds a word. */
export interface Fault {
  readonly operation: "GetObject" | "CopyObject" | "DeleteObject" | "PutItem" | "UpdateItem" | "SendMessage";
  readonly about: string;
  readonly status: number;
  readonly code: string;
}

/**
 * Just enough of S3, DynamoDB and SQS over HTTP, in this process, to run the handler with its real clients.
 * DynamoDB conditions are known by shape: the two that the function uses.
 */
export class FakeAws {
  /** Contents by `bucket/key` or `bucket/key?versionId`. */
  readonly objects = new Map<string, Buffer>();
  /** Items by table, then by key. */
  readonly tables = new Map<string, Map<string, Item>>();
  readonly deadLetters: DeadLetter[] = [];
  readonly faults: Fault[] = [];
  /** Largest answer to a GetObject, in bytes. */
  mostBytesRead = 0;

  private readonly server = createServer((request, response) => {
    void this.answer(request, response);
  });

  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  table(name: string): Map<string, Item> {
    const table = this.tables.get(name) ?? new Map<string, Item>();
    this.tables.set(name, table);
    return table;
  }

  /** Forgets everything but the address. */
  reset(): void {
    this.objects.clear();
    this.tables.clear();
    this.deadLetters.length = 0;
    this.faults.length = 0;
    this.mostBytesRead = 0;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const url = new URL(request.url ?? "/", this.endpoint);
    const target = request.headers["x-amz-target"];
    const operation =
      typeof target === "string"
        ? (target.split(".")[1] ?? "")
        : (objectOperations[request.method ?? ""] ?? "");
    const fault = this.faults.find(
      (one) => one.operation === operation && `${url.href} ${body}`.includes(one.about),
    );
    if (target === undefined) {
      if (fault) return xmlError(response, fault.status, fault.code);
      return this.objectOperation(operation, url, request, response);
    }
    if (fault) return json(response, fault.status, { __type: fault.code, message: "injected" });
    if (operation === "SendMessage")
      return this.sendMessage(JSON.parse(body) as SendMessageRequest, request, response);
    return this.tableOperation(operation, JSON.parse(body) as TableRequest, response);
  }

  private objectOperation(
    operation: string,
    url: URL,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): void {
    const path = decodeURIComponent(url.pathname.slice(1));
    const source = headers["x-amz-copy-source"];
    const version = url.searchParams.get("versionId");
    const from = version === null ? path : `${path}?${version}`;
    const stored = typeof source === "string" ? unescaped(source) : from;
    const content = this.objects.get(stored);
    if (!content) return xmlError(response, 404, stored.includes("?") ? "NoSuchVersion" : "NoSuchKey");
    if (operation === "GetObject") return this.getObject(content, headers.range, response);
    if (operation === "CopyObject") this.objects.set(path, content);
    if (operation === "DeleteObject") {
      if (headers["if-match"] !== tagOf(content)) return xmlError(response, 412, "PreconditionFailed");
      this.objects.delete(path);
    }
    response.writeHead(200, {
      etag: tagOf(content),
      "content-length": operation === "HeadObject" ? content.length : 41,
    });
    response.end(operation === "HeadObject" ? "" : "<CopyObjectResult></CopyObjectResult>".padEnd(41));
  }

  private getObject(content: Buffer, range: string | undefined, response: ServerResponse): void {
    if (content.length === 0 && range !== undefined) return xmlError(response, 416, "InvalidRange");
    const last = /^bytes=0-(\d+)$/.exec(range ?? "")?.[1];
    const answer = last === undefined ? content : content.subarray(0, Number(last) + 1);
    this.mostBytesRead = Math.max(this.mostBytesRead, answer.length);
    response.writeHead(last === undefined ? 200 : 206, { "content-length": answer.length }).end(answer);
  }

  private sendMessage(
    { MessageBody, MessageAttributes }: SendMessageRequest,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): void {
    const attributes = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ]);
    this.deadLetters.push({
      body: MessageBody,
      attributes: Object.fromEntries(attributes) as DeadLetter["attributes"],
      trace: headers["x-amzn-trace-id"]?.toString(),
    });
    const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
    json(response, 200, { MessageId: String(this.deadLetters.length), MD5OfMessageBody });
  }

  private tableOperation(operation: string, request: TableRequest, response: ServerResponse): void {
    const table = this.table(request.TableName);
    const keyAttribute = (request.Item ?? request.Key).pk ?? (request.Item ?? request.Key).id;
    const key = keyAttribute?.S ?? "";
    const old = table.get(key);
    if (operation === "PutItem") {
      if (old && !mayReplace(old, request)) {
        const __type = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
        return json(response, 400, { __type, message: "The conditional request failed", Item: old });
      }
      table.set(key, request.Item);
    }
    if (operation === "UpdateItem") table.set(key, { ...old, ...request.Key, ...assignments(request) });
    if (operation === "DeleteItem") table.delete(key);
    json(response, 200, {});
  }
}

/** What S3 is asked for, by the method of the request. */
const objectOperations: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "HeadObject",
  PUT: "CopyObject",
  DELETE: "DeleteObject",
};

function tagOf(content: Buffer): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}

/** `bucket/key?versionId=v1`, escaped, as the key of {@link FakeAws.objects}. */
function unescaped(source: string): string {
  const [path = "", version] = source.split("?versionId=");
  return decodeURIComponent(path) + (version === undefined ? "" : `?${decodeURIComponent(version)}`);
}

/** The condition of Powertools: the old idempotency record has expired, or its holder ran out of time. */
function mayReplace(
  old: Item,
  { ConditionExpression = "", ExpressionAttributeValues: values }: TableRequest,
): boolean {
  if (ConditionExpression === "attribute_not_exists(pk)") return false;
  const abandoned =
    old.status?.S === "INPROGRESS" && number(old.in_progress_expiration) < number(values[":now_in_millis"]);
  return abandoned || number(old.expiration) < number(values[":now"]);
}

function number(value: AttributeValue | undefined): number {
  return Number(value?.N ?? Infinity);
}

function assignments({
  UpdateExpression,
  ExpressionAttributeNames,
  ExpressionAttributeValues,
}: TableRequest): Item {
  const item: Item = {};
  for (const [, name = "", value = ""] of UpdateExpression.matchAll(/(#\w+) = (:\w+)/g)) {
    const attribute = ExpressionAttributeValues[value];
    if (attribute) item[ExpressionAttributeNames[name] ?? name] = attribute;
  }
  return item;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
}

function xmlError(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { "content-type": "application/xml" }).end(body);
}
