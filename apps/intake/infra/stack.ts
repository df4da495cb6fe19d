import { LambdaFunction } from "@landfall/function";
import { type Statement } from "@landfall/identity";
import { Key } from "@landfall/keys";
import { EventRule, Queue } from "@landfall/messaging";
import { WorkloadSecurityGroup } from "@landfall/network";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { networkContract } from "@landfall/stack-network/contract";
import { Bucket, type IBucket, type ITable, Table } from "@landfall/storage";
import { type Construct } from "constructs";
import { intakeContract } from "./contract";

/** The largest document, in bytes: it must fit into memory beside its parsed form. */
const MAX_DOCUMENT_BYTES = 1_048_576;

/** A document put into a bucket → EventBridge → queue → function → its row in the catalogue. */
export class IntakeStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const { workloadBoundaryArn } = this.consume(bootstrapContract);
    const keys = this.consume(keysContract);
    const logging = this.consume(loggingContract);
    const network = this.consume(networkContract);
    this.permissionsBoundary(workloadBoundaryArn);
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
        detail: { bucket: { name: [documents.bucketName] } },
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
    new LambdaFunction(this, "CatalogueFunction", {
      name: "catalogue",
      description: "Validates each document and enters it into the catalogue",
      entry: "apps/intake/src/catalogue.function.ts",
      dataKey,
      logsKey: Key.fromKeyArn(keys.logsKeyArn),
      deadLetterQueue: queue.deadLetterQueue,
      vpc: { subnetIds: network.isolatedSubnetIds, securityGroupIds: [group.securityGroupId] },
      environment: {
        CATALOGUE_TABLE: catalogue.tableName,
        IDEMPOTENCY_TABLE: idempotency.tableName,
        DEAD_LETTER_QUEUE_URL: queue.deadLetterQueue.queueUrl,
        MAX_DOCUMENT_BYTES: String(MAX_DOCUMENT_BYTES),
        POWERTOOLS_SERVICE_NAME: this.definition.name,
        POWERTOOLS_METRICS_NAMESPACE: "Landfall",
        POWERTOOLS_LOG_LEVEL: "INFO",
        POWERTOOLS_TRACER_CAPTURE_RESPONSE: "false",
      },
      statements: catalogueStatements(documents, catalogue, idempotency),
    }).consume(queue);

    this.publish(intakeContract, {
      documentsBucketName: documents.bucketName,
      documentsQueueUrl: queue.queueUrl,
      deadLetterQueueUrl: queue.deadLetterQueue.queueUrl,
      catalogueTableName: catalogue.tableName,
    });
  }
}

/** What the function does with its data, and no more. */
const catalogueStatements = (documents: IBucket, catalogue: ITable, idempotency: ITable): Statement[] => [
  {
    Sid: "ReadDocuments",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:GetObjectVersion"],
    Resource: `${documents.bucketArn}/*`,
  },
  // Without it, S3 answers a missing object with 403 instead of 404.
  {
    Sid: "TellMissingFromForbidden",
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: documents.bucketArn,
  },
  { Sid: "EnterIntoCatalogue", Effect: "Allow", Action: "dynamodb:PutItem", Resource: catalogue.tableArn },
  {
    Sid: "RememberWhatIsDone",
    Effect: "Allow",
    Action: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    Resource: idempotency.tableArn,
  },
];

export const definition = defineStack({
  name: "intake",
  scope: "regional",
  accounts: ["workload"],
  contract: intakeContract,
  build: (scope, props) => new IntakeStack(scope, props),
});
