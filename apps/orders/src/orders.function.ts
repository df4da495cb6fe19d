import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  makeIdempotent,
} from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type ALBEvent, type ALBResult, type Context } from "aws-lambda";
import { answer, type Ports, refusedOrFailed, type Result } from "./api";
import { DynamoDbKeySets } from "./aws/dynamodb-key-sets";
import { DynamoDbOrders } from "./aws/dynamodb-orders";
import { idempotencyProbe, ordersProbe } from "./aws/dynamodb-probes";
import { healthCheck } from "./health";
import { toRequest, toResult } from "./http";
import { type OrderRow } from "./orders";
import { Refusal } from "./refusal";
import { readApiSettings } from "./settings";
import {
  endInvocation,
  type Observation,
  observe,
  reportFailedCheck,
  startInvocation,
  tracer,
} from "./telemetry";
import { bearerToken, keyIdOf, verifyToken } from "./token";

const settings = readApiSettings(process.env);
const region = settings.AWS_REGION;

/** A stalled call fails its own request, while the client still waits. */
const requestHandler = { connectionTimeout: 1_000, socketTimeout: 3_000 };
const dynamoDb = tracer.captureAWSv3Client(new DynamoDBClient({ requestHandler }));

const orders = new DynamoDbOrders(dynamoDb, settings.ORDERS_TABLE);
const keySets = new DynamoDbKeySets(dynamoDb, settings.ISSUERS_TABLE, settings.TOKEN_ISSUER, Date.now);

type Placed = Awaited<ReturnType<DynamoDbOrders["accept"]>>;

const idempotency = new IdempotencyConfig({
  expiresAfterSeconds: 24 * 60 * 60,
  hashFunction: "sha256",
  // A repeated request gets the same receipt, and is told that it is one.
  responseHook: (response) => ({ ...(response as unknown as Placed), created: false }) as never,
});

/**
 * A request that is repeated within a day is answered without touching the orders, and two in flight exclude each other.
 * Later, and in the other region, the order's id keeps the row single.
 */
const acceptOnce = makeIdempotent((_id: string, row: OrderRow) => orders.accept(row), {
  persistenceStore: new DynamoDBPersistenceLayer({
    tableName: settings.IDEMPOTENCY_TABLE,
    awsSdkV3Client: dynamoDb,
  }),
  config: idempotency,
  keyPrefix: "orders",
  dataIndexArgument: 0,
});

async function accept(row: OrderRow): Promise<Placed> {
  try {
    return await acceptOnce(row.id, row);
  } catch (error) {
    if (!(error instanceof IdempotencyAlreadyInProgressError)) throw error;
    throw new Refusal("in-progress", "a request with this Idempotency-Key is being answered");
  }
}

const ports: Ports = {
  region,
  now: Date.now,
  orders: { accept, find: (id) => orders.find(id) },
  authenticate: async (header) => {
    const token = bearerToken(header);
    const keys = await keySets.keysFor(keyIdOf(token));
    return verifyToken(token, keys, {
      issuer: settings.TOKEN_ISSUER,
      audience: settings.TOKEN_AUDIENCE,
      now: Date.now(),
    });
  },
  health: healthCheck({
    region,
    dependencies: [
      ordersProbe(dynamoDb, settings.ORDERS_TABLE, region),
      idempotencyProbe(dynamoDb, settings.IDEMPOTENCY_TABLE),
      { name: "issuer-keys", check: () => keySets.check() },
    ],
    // Route 53 waits for two seconds.
    timeoutMs: 1_500,
    keepMs: 5_000,
    now: Date.now,
    onFailure: reportFailedCheck,
  }),
};

const metrics = {
  accepted: "OrdersAccepted",
  replayed: "OrdersReplayed",
  found: "OrdersFound",
  healthy: "HealthChecksPassed",
  unhealthy: "HealthChecksFailed",
  refused: "RequestsRefused",
  failed: "RequestsFailed",
} as const;

const describe = (result: Result): Observation => ({
  message: `Request ${result.outcome}`,
  outcome: result.outcome,
  metric: metrics[result.outcome],
  reason: result.refusal?.reason,
  fields: {
    route: result.route,
    status: result.answer.status,
    orderId: result.orderId,
    detail: result.refusal?.detail,
    tokenProblem: result.tokenProblem,
  },
  error: result.error,
});

/** Answers the requests of a load balancer. It never throws: the load balancer would say no more than "bad gateway". */
export async function handler(event: ALBEvent, context: Context): Promise<ALBResult> {
  idempotency.registerLambdaContext(context);
  startInvocation(context);
  try {
    const result = await observe("request", () => respond(event), describe);
    return toResult(result.answer, event);
  } finally {
    endInvocation();
  }
}

async function respond(event: ALBEvent): Promise<Result> {
  try {
    return await answer(toRequest(event), ports);
  } catch (error) {
    return refusedOrFailed("none", error);
  }
}
