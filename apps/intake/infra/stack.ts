import { signsFunctions } from "@landfall/core";
import { LambdaFunction } from "@landfall/function";
import { Key } from "@landfall/keys";
import { EventRule, Queue } from "@landfall/messaging";
import { WorkloadSecurityGroup } from "@landfall/network";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { deliveryContract } from "@landfall/stack-delivery/contract";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { networkContract } from "@landfall/stack-network/contract";
import { Bucket, Table } from "@landfall/storage";
import { type Construct } from "constructs";
import { catalogueStatements } from "./catalogue-statements";
import { intakeContract } from "./contract";
import { IntakeWatch } from "./intake-watch";

/** The largest document, in bytes: it must fit into memory beside its parsed form. */
const MAX_DOCUMENT_BYTES = 1_048_576;

/** Where refused objects are moved to, within the bucket: no event comes of what is put there. */
const QUARANTINE_PREFIX = "quarantine/";

/** A call that stalls fails its record after 5 seconds; a batch of ten has time for some of these. */
const TIMEOUT_SECONDS = 30;

/** A document put into a bucket → EventBridge → queue → function → its row in the catalogue. */
export class IntakeStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const { workloadBoundaryArn } = this.consume(bootstrapContract);
    const keys = this.consume(keysContract);
    const logging = this.consume(loggingContract);
    const network = this.consume(networkContract);
    this.permissionsBoundary(workloadBoundaryArn);
    if (signsFunctions(this.zone)) this.codeSigning(this.consume(deliveryContract).codeSigningConfigArn);
    const dataKey = Key.fromKeyArn(keys.dataKeyArn);

    const documents = new Bucket(this, "Documents", {
      name: "documents",
      encryptionKey: dataKey,
      accessLogBucketName: logging.accessLogBucketName,
      eventBridge: true,
    });
    const queue = new Queue(this, "DocumentsQueue", {
      name: "documents",
      encryptionKey: Key.fromKeyArn(keys.messagesKeyArn),
    });
    new EventRule(this, "DocumentCreated", {
      name: "document-created",
      description: "A document was put into the documents bucket",
      eventPattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: {
          bucket: { name: [documents.bucketName] },
          object: { key: [{ "anything-but": { prefix: QUARANTINE_PREFIX } }] },
        },
      },
      target: queue,
    });
    const catalogue = new Table(this, "Catalogue", {
      name: "catalogue",
      encryptionKey: dataKey,
      partitionKey: "pk",
    });
    const idempotency = new Table(this, "Idempotency", {
      name: "idempotency",
      encryptionKey: dataKey,
      partitionKey: "id",
      timeToLiveAttribute: "expiration",
    });
    const group = new WorkloadSecurityGroup(this, "CatalogueAccess", {
      name: "catalogue",
      vpcId: network.vpcId,
      endpointSecurityGroupId: network.endpointSecurityGroupId,
      prefixListIds: { s3: network.s3PrefixListId, dynamodb: network.dynamodbPrefixListId },
    });
    const catalogueFunction = new LambdaFunction(this, "CatalogueFunction", {
      name: "catalogue",
      description: "Validates each document and enters it into the catalogue",
      entry: "apps/intake/src/catalogue.function.ts",
      dataKey,
      logsKey: Key.fromKeyArn(keys.logsKeyArn),
      deadLetterQueue: queue.deadLetterQueue,
      timeoutSeconds: TIMEOUT_SECONDS,
      vpc: { subnetIds: network.isolatedSubnetIds, securityGroupIds: [group.securityGroupId] },
      environment: {
        CATALOGUE_TABLE: catalogue.tableName,
        IDEMPOTENCY_TABLE: idempotency.tableName,
        DEAD_LETTER_QUEUE_URL: queue.deadLetterQueue.queueUrl,
        QUARANTINE_PREFIX,
        MAX_DOCUMENT_BYTES: String(MAX_DOCUMENT_BYTES),
        POWERTOOLS_SERVICE_NAME: this.definition.name,
        POWERTOOLS_METRICS_NAMESPACE: "Landfall",
        POWERTOOLS_LOG_LEVEL: "INFO",
        POWERTOOLS_TRACER_CAPTURE_RESPONSE: "false",
      },
      statements: catalogueStatements({
        documents,
        quarantinePrefix: QUARANTINE_PREFIX,
        catalogue,
        idempotency,
      }),
    });
    catalogueFunction.consume(queue);
    new IntakeWatch(this, "Watch", {
      topicArn: logging.noticesTopicArn,
      functionName: catalogueFunction.functionName,
      timeoutSeconds: TIMEOUT_SECONDS,
      queue,
      tables: [catalogue, idempotency],
    });

    this.publish(intakeContract, {
      documentsBucketName: documents.bucketName,
      documentsQueueUrl: queue.queueUrl,
      deadLetterQueueUrl: queue.deadLetterQueue.queueUrl,
      catalogueTableName: catalogue.tableName,
    });
  }
}

export const definition = defineStack({
  name: "intake",
  scope: "regional",
  accounts: ["workload"],
  contract: intakeContract,
  build: (scope, props) => new IntakeStack(scope, props),
});
