import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Emulator } from "@landfall/local";
import { strToU8, zipSync } from "fflate";

export interface FunctionSettings {
  /** Names the function and its queues. */
  readonly name: string;
  /** Source of `index.js`, which exports `handler`. */
  readonly code: string;
  readonly timeoutSeconds?: number;
  readonly reservedConcurrency?: number;
  readonly environment?: Record<string, string>;
  readonly batchSize?: number;
  /** How often a message is received before it is dead-lettered. @default 3 */
  readonly maxReceiveCount?: number;
  readonly visibilityTimeoutSeconds?: number;
}

export interface DeployedWorkload {
  readonly name: string;
  readonly roleArn: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueUrl: string;
  readonly logGroup: string;
  /** Creates the mapping: from then on the queue is polled. */
  map(): Promise<void>;
}

/** The APIs that no SDK client of the workspace speaks: signed for the emulator, which checks no signature. */
export const call = async (
  { endpoint, region }: Emulator,
  service: string,
  headers: Record<string, string>,
  body: string,
): Promise<string> => {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request`;
  const response = await fetch(endpoint, { method: "POST", headers: { ...headers, authorization }, body });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${service}: ${answer}`);
  return answer;
};

/** A call of the query protocol. @returns its answer, in XML */
export const query = (
  emulator: Emulator,
  service: string,
  request: Readonly<Record<string, string>>,
): Promise<string> =>
  call(
    emulator,
    service,
    { "content-type": "application/x-www-form-urlencoded" },
    new URLSearchParams(request).toString(),
  );

const createRole = (emulator: Emulator, name: string): Promise<string> => {
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  return query(emulator, "iam", {
    Action: "CreateRole",
    Version: "2010-05-08",
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
  });
};

/** The same bytes for the same code, whenever it is called: a zip holds the time of its entries. */
export const zipOf = (code: string): Uint8Array =>
  zipSync({ "index.js": strToU8(code) }, { mtime: new Date(1980, 0, 1) });

/** What an SDK client needs to reach the emulator. */
export const configurationOf = ({ endpoint, region }: Emulator) => ({
  endpoint,
  region,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

export const clientsOf = (emulator: Emulator) => {
  const config = configurationOf(emulator);
  return {
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    sqs: new SQSClient(config),
  };
};

/** Creates a function with its queue, dead-letter queue and log group through the API of the emulator. */
export async function deployFunction(
  emulator: Emulator,
  settings: FunctionSettings,
): Promise<DeployedWorkload> {
  const { name, code, timeoutSeconds = 5, batchSize = 10, maxReceiveCount = 3 } = settings;
  const { lambda, logs, sqs } = clientsOf(emulator);
  const arnOf = (queue: string) => `arn:aws:sqs:${emulator.region}:${emulator.account}:${queue}`;
  const create = async (queue: string, attributes: Record<string, string>) => {
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: queue, Attributes: attributes }),
    );
    return QueueUrl;
  };

  const deadLetterQueueUrl = await create(`${name}-dlq`, {});
  const queueUrl = await create(name, {
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds ?? 30),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(`${name}-dlq`), maxReceiveCount }),
  });
  const logGroup = `/aws/lambda/${name}`;
  await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  await createRole(emulator, `${name}-role`);
  const roleArn = `arn:aws:iam::${emulator.account}:role/${name}-role`;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: roleArn,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Timeout: timeoutSeconds,
      MemorySize: 128,
      Code: { ZipFile: zipOf(code) },
      Environment: { Variables: settings.environment ?? {} },
      TracingConfig: { Mode: "Active" },
    }),
  );
  if (settings.reservedConcurrency !== undefined) {
    await lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: name,
        ReservedConcurrentExecutions: settings.reservedConcurrency,
      }),
    );
  }
  const map = async (): Promise<void> => {
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: name,
        EventSourceArn: arnOf(name),
        BatchSize: batchSize,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
      }),
    );
  };
  return { name, roleArn, queueUrl, queueArn: arnOf(name), deadLetterQueueUrl, logGroup, map };
}
