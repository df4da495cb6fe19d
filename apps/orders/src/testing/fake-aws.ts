import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type AttributeValue } from "@aws-sdk/client-dynamodb";

type Item = Record<string, AttributeValue>;

interface TableRequest {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** An event that was put on the bus. */
export interface BusEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly TraceHeader?: string;
}

/** An error to answer with, for the requests of one operation whose body holds a word. */
export interface Fault {
  readonly operation: string;
  readonly about: string;
  readonly code: string;
}

/**
 * Just enough of DynamoDB, SQS and EventBridge over HTTP, in this process, to run the handlers with their real clients.
 * DynamoDB conditions are known by shape: the three that the functions use.
 */
export class FakeAws {
  /** Items by table, then by key. */
  readonly tables = new Map<string, Map<string, Item>>();
  readonly messages: { readonly body: string; readonly reason: string | undefined }[] = [];
  readonly bus: BusEntry[] = [];
  readonly faults: Fault[] = [];

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
    this.tables.clear();
    for (const list of [this.messages, this.bus, this.faults]) list.length = 0;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const target = request.headers["x-amz-target"];
    const operation = typeof target === "string" ? (target.split(".")[1] ?? "") : "";
    const fault = this.faults.find((one) => one.operation === operation && body.includes(one.about));
    if (fault) return json(response, 400, { __type: fault.code, message: "injected" });
    const parsed: unknown = JSON.parse(body);
    if (operation === "SendMessage") return this.send(parsed, response);
    if (operation === "PutEvents") return this.put(parsed, response);
    return this.useTable(operation, parsed as TableRequest, response);
  }

  private send(request: unknown, response: ServerResponse): void {
    const { MessageBody, MessageAttributes } = request as {
      MessageBody: string;
      MessageAttributes?: { reason?: { StringValue: string } };
    };
    this.messages.push({ body: MessageBody, reason: MessageAttributes?.reason?.StringValue });
    const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
    json(response, 200, { MessageId: String(this.messages.length), MD5OfMessageBody });
  }

  private put(request: unknown, response: ServerResponse): void {
    const { Entries } = request as { Entries: BusEntry[] };
    this.bus.push(...Entries);
    json(response, 200, {
      FailedEntryCount: 0,
      Entries: Entries.map((_, index) => ({ EventId: `${index}` })),
    });
  }

  private useTable(operation: string, request: TableRequest, response: ServerResponse): void {
    const table = this.table(request.TableName);
    const { pk, id, issuer } = request.Item ?? request.Key ?? {};
    const key = (pk ?? id ?? issuer)?.S ?? "";
    const old = table.get(key);
    if (!holds(request, old)) {
      const __type = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
      return json(response, 400, { __type, message: "The conditional request failed", Item: old });
    }
    if (operation === "PutItem" && request.Item) table.set(key, request.Item);
    if (operation === "UpdateItem") table.set(key, { ...old, ...request.Key, ...assignments(request) });
    if (operation === "DeleteItem") table.delete(key);
    json(response, 200, operation === "GetItem" ? { Item: old } : {});
  }
}

function holds(
  { ConditionExpression, ExpressionAttributeValues: values = {} }: TableRequest,
  old?: Item,
): boolean {
  if (ConditionExpression === undefined) return true;
  if (ConditionExpression === "attribute_not_exists(pk)") return old === undefined;
  if (ConditionExpression === "#status = :accepted") return old?.status?.S === values[":accepted"]?.S;
  // Powertools: there is no record, it has expired, or its holder ran out of time.
  if (old === undefined) return true;
  const abandoned =
    old.status?.S === "INPROGRESS" && number(old.in_progress_expiration) < number(values[":now_in_millis"]);
  return abandoned || number(old.expiration) < number(values[":now"]);
}

const number = (value: AttributeValue | undefined): number => Number(value?.N ?? Infinity);

function assignments(request: TableRequest): Item {
  const {
    UpdateExpression = "",
    ExpressionAttributeNames: names = {},
    ExpressionAttributeValues = {},
  } = request;
  const item: Item = {};
  for (const [, name = "", value = ""] of UpdateExpression.matchAll(/(#?\w+) = (:\w+)/g)) {
    const attribute = ExpressionAttributeValues[value];
    if (attribute) item[names[name] ?? name] = attribute;
  }
  return item;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
}
