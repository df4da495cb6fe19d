import { interfaceEndpoints, signsFunctions } from "@landfall/core";
import { LambdaFunction, type LambdaFunctionProps } from "@landfall/function";
import { Key } from "@landfall/keys";
import { EventRule, Queue } from "@landfall/messaging";
import { WorkloadSecurityGroup } from "@landfall/network";
import { defineStack, type StackProps, validateProps, ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { deliveryContract } from "@landfall/stack-delivery/contract";
import { dnsContract } from "@landfall/stack-dns/contract";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { networkContract } from "@landfall/stack-network/contract";
import { type Construct } from "constructs";
import { ACCEPTED } from "./accepted-event";
import { ordersContract } from "./contract";
import { FrontDoor } from "./front-door";
import { apiStatements, fulfilmentStatements, outboxStatements } from "./statements";
import { Tables } from "./tables";
import { telemetry, Watch } from "./watch";

/** HTTPS → function → table; its stream → outbox → bus → queue → fulfilment. The same in each region. */
export class OrdersStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const endpoints = interfaceEndpoints(this.zone);
    validateProps(this, [
      {
        prop: "network.interfaceEndpoints",
        value: endpoints,
        valid: endpoints.includes("events") && endpoints.includes("sqs"),
        allowed: "services with events and sqs among them: the functions have no internet",
      },
    ]);
    const keys = this.consume(keysContract);
    const logging = this.consume(loggingContract);
    const network = this.consume(networkContract);
    this.permissionsBoundary(this.consume(bootstrapContract).workloadBoundaryArn);
    if (signsFunctions(this.zone)) this.codeSigning(this.consume(deliveryContract).codeSigningConfigArn);
    const [dataKey, logsKey] = [Key.fromKeyArn(keys.dataKeyArn), Key.fromKeyArn(keys.logsKeyArn)];
    const messagesKey = Key.fromKeyArn(keys.messagesKeyArn);
    const tokens = {
      issuer: `https://login.${this.zone.domain}/`,
      audience: `https://orders.${this.zone.domain}`,
    };

    const tables = new Tables(this, "Tables", dataKey);
    const failures = new Queue(this, "Failures", { name: "failures", encryptionKey: messagesKey });
    const fulfilments = new Queue(this, "Fulfilments", { name: "fulfilments", encryptionKey: messagesKey });
    new EventRule(this, "OrderAccepted", {
      name: "order-accepted",
      description: "An order was accepted in this region",
      eventPattern: {
        source: [ACCEPTED.source],
        "detail-type": [ACCEPTED.detailType],
        // Were buses of two regions ever joined, each would still fulfil its own.
        detail: { region: [this.region] },
      },
      target: fulfilments,
    });
    const group = new WorkloadSecurityGroup(this, "Access", {
      name: "functions",
      vpcId: network.vpcId,
      endpointSecurityGroupId: network.endpointSecurityGroupId,
      prefixListIds: { dynamodb: network.dynamodbPrefixListId },
    });
    const common = {
      dataKey,
      logsKey,
      vpc: { subnetIds: network.isolatedSubnetIds, securityGroupIds: [group.securityGroupId] },
    };
    const lambda = (id: string, own: Omit<LambdaFunctionProps, keyof typeof common>) =>
      new LambdaFunction(this, id, {
        ...common,
        ...own,
        environment: { ...telemetry(this.definition.name), ...own.environment },
      });

    const api = lambda("Api", {
      name: "api",
      description: "Answers requests: takes orders, shows them, and tells whether it can",
      entry: "apps/orders/src/orders.function.ts",
      deadLetterQueue: failures,
      // Its client waits; a load balancer has no queue to hold what is too much.
      memoryMegabytes: 512,
      timeoutSeconds: 10,
      reservedConcurrency: 20,
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        IDEMPOTENCY_TABLE: tables.idempotency.tableName,
        ISSUERS_TABLE: tables.issuers.tableName,
        TOKEN_ISSUER: tokens.issuer,
        TOKEN_AUDIENCE: tokens.audience,
      },
      statements: apiStatements(tables),
    });
    const outbox = lambda("Outbox", {
      name: "outbox",
      description: "Tells the bus of every accepted order",
      entry: "apps/orders/src/outbox.function.ts",
      deadLetterQueue: failures,
      environment: { FAILURES_QUEUE_URL: failures.queueUrl },
      statements: outboxStatements(this.arn("events", "event-bus/default")),
    });
    outbox.consumeStream(tables.orders, {
      filters: [{ eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "order#" }] } } } }],
    });
    const fulfilment = lambda("Fulfilment", {
      name: "fulfilment",
      description: "Fulfils accepted orders",
      entry: "apps/orders/src/fulfilment.function.ts",
      deadLetterQueue: fulfilments.deadLetterQueue,
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        DEAD_LETTER_QUEUE_URL: fulfilments.deadLetterQueue.queueUrl,
      },
      statements: fulfilmentStatements(tables.orders),
    });
    fulfilment.consume(fulfilments);

    // Without delegation there is no certificate, and without public subnets no place for a load balancer.
    const door = FrontDoor.possibleIn(this)
      ? new FrontDoor(this, "FrontDoor", {
          target: api,
          network,
          dns: this.consume(dnsContract),
          accessLogBucketName: logging.accessLogBucketName,
          logsKey,
        })
      : undefined;
    new Watch(this, "Watch", {
      topicArn: logging.noticesTopicArn,
      functions: { api, outbox, fulfilment },
      queues: { failures, fulfilments },
      tables,
    });

    this.publish(ordersContract, {
      domainName: door?.domainName ?? "",
      loadBalancerDnsName: door?.loadBalancerDnsName ?? "",
      apiFunctionName: api.functionName,
      ordersTableName: tables.orders.tableName,
      issuersTableName: tables.issuers.tableName,
      fulfilmentQueueUrl: fulfilments.queueUrl,
      deadLetterQueueUrl: fulfilments.deadLetterQueue.queueUrl,
      failuresQueueUrl: failures.queueUrl,
      tokenIssuer: tokens.issuer,
      tokenAudience: tokens.audience,
    });
  }
}

export const definition = defineStack({
  name: "orders",
  scope: "regional",
  accounts: ["workload"],
  contract: ordersContract,
  build: (scope, props) => new OrdersStack(scope, props),
});
