import { type ALBEvent, type Context, type DynamoDBRecord, type SQSEvent } from "aws-lambda";
import { type Order } from "../order";
import { type OrderRow } from "../orders";

export const region = "eu-west-1";

export const goodOrder: Order = {
  items: [
    { sku: "LAMP-1", quantity: 2 },
    { sku: "BULB-60", quantity: 12 },
  ],
  shipTo: {
    name: "Ada Byron",
    street: "12 St James's Square",
    postcode: "SW1Y 4JH",
    city: "London",
    country: "GB",
  },
  note: "Ring twice",
};

export const goodRow: OrderRow = {
  id: "0123456789abcdef0123456789abcdef",
  customer: "customer-1",
  status: "accepted",
  acceptedAt: "2026-02-01T12:00:00.000Z",
  region,
  digest: "d".repeat(64),
  order: goodOrder,
};

export interface RequestSample {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A load balancer's event, with the headers that it adds. */
export function albEvent(sample: RequestSample = {}): ALBEvent {
  const { method = "POST", path = "/orders", headers = {}, multiValueHeaders, body = "" } = sample;
  return {
    requestContext: {
      elb: { targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/x/1" },
    },
    httpMethod: method,
    path,
    ...(multiValueHeaders
      ? { multiValueHeaders: { ...multiValueHeaders }, multiValueQueryStringParameters: {} }
      : { headers: { "x-forwarded-for": "192.0.2.1", ...headers }, queryStringParameters: {} }),
    body,
    isBase64Encoded: sample.isBase64Encoded ?? false,
  };
}

/** A record of the stream of orders. */
export function streamRecord(
  sequence: string,
  image: NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"],
  eventName: "INSERT" | "MODIFY" | "REMOVE" = "INSERT",
): DynamoDBRecord {
  return {
    eventID: sequence,
    eventName,
    eventSource: "aws:dynamodb",
    awsRegion: region,
    dynamodb: {
      Keys: { pk: image?.pk ?? { S: "order#1" } },
      ...(image && { NewImage: image }),
      SequenceNumber: sequence,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
  };
}

/** The queue message of an accepted order, as EventBridge sends it. */
export const orderAccepted = (orderId: string): string =>
  JSON.stringify({
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Order Accepted",
    source: "landfall.orders",
    account: "123456789012",
    time: "2026-02-01T12:00:00Z",
    region,
    resources: [],
    detail: { orderId, acceptedAt: "2026-02-01T12:00:00.000Z", region, items: [] },
  });

/** A batch with one record for each body; the message ids are the keys. */
export const sqsEvent = (bodies: Readonly<Record<string, string>>): SQSEvent => ({
  Records: Object.entries(bodies).map(([messageId, body]) => ({
    messageId,
    receiptHandle: `handle-of-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1769947200000",
      SenderId: "AIDAEXAMPLE",
      ApproximateFirstReceiveTimestamp: "1769947200000",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:123456789012:orders-fulfilments",
    awsRegion: region,
  })),
});

/** What Lambda passes beside the event: ten seconds are left. */
export const lambdaContext = (functionName = "orders-api"): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName,
  functionVersion: "$LATEST",
  invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
  memoryLimitInMB: "256",
  awsRequestId: "8f507cfc-xmpl-4697-b07a-ac58fc914c95",
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: "2026/02/01/[$LATEST]1",
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});
