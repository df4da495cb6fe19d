import { Queue } from "@landfall/messaging";
import { statementsOf, synthStack } from "@landfall/testing";
import { LambdaFunction } from "./lambda-function";
import { type StreamSourceOptions } from "./stream-source";

const key = (name: string) => ({ keyArn: `arn:aws:kms:eu-west-1:123456789012:key/${name}` });
const table = {
  tableName: "orders",
  tableArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
  streamArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-31T00:00:00.000",
};

const synth = (use: (lambda: LambdaFunction) => void) =>
  synthStack((stack) => {
    stack.permissionsBoundary("arn:aws:iam::123456789012:policy/boundary");
    use(
      new LambdaFunction(stack, "Work", {
        name: "work",
        description: "Works",
        entry: "libs/function/src/fixtures/sample.function.ts",
        dataKey: key("data"),
        logsKey: key("logs"),
        deadLetterQueue: new Queue(stack, "Queue", { name: "work", encryptionKey: key("messages") })
          .deadLetterQueue,
        vpc: { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-1"] },
      }),
    );
  });

describe("a function that consumes a stream", () => {
  const mapping = (options?: StreamSourceOptions) =>
    synth((lambda) => lambda.consumeStream(table, options)).resource("aws_lambda_event_source_mapping");

  it("starts with the oldest record, halves what fails, and keeps word of what it gives up on", () => {
    expect(mapping()).toMatchObject({
      event_source_arn: table.streamArn,
      starting_position: "TRIM_HORIZON",
      batch_size: 10,
      bisect_batch_on_function_error: true,
      function_response_types: ["ReportBatchItemFailures"],
      maximum_retry_attempts: 100,
      maximum_record_age_in_seconds: 43_200,
      destination_config: {
        on_failure: { destination_arn: expect.stringContaining("aws_sqs_queue.Queue_DeadLetters") },
      },
    });
    expect(mapping().filter_criteria).toBeUndefined();
  });

  it("takes the values given", () => {
    const options = {
      batchSize: 100,
      maxRetryAttempts: 5,
      maxRecordAgeSeconds: 600,
      filters: [{ eventName: ["INSERT"] }],
    };
    expect(mapping(options)).toMatchObject({
      batch_size: 100,
      maximum_retry_attempts: 5,
      maximum_record_age_in_seconds: 600,
      filter_criteria: { filter: [{ pattern: '{"eventName":["INSERT"]}' }] },
    });
  });

  it("may read that table's stream and no other, and use the table's key", () => {
    const stack = synth((lambda) => lambda.consumeStream(table, {}, key("table")));
    const statements = statementsOf(stack.resource("aws_iam_role_policy").policy);
    expect(statements.ConsumeStream).toMatchObject({
      Action: [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
      ],
      Resource: `${table.tableArn}/stream/*`,
    });
    expect(statements.UseKeys?.Resource).toContain(key("table").keyArn);
  });

  it("refuses values that Lambda refuses, all at once", () => {
    expect(() => mapping({ batchSize: 0, maxRetryAttempts: 10_001, maxRecordAgeSeconds: 59 })).toThrow(
      /'batchSize' .*, got: 0\n.*'maxRetryAttempts' .*, got: 10001\n.*'maxRecordAgeSeconds' .*, got: 59/,
    );
  });
});

describe("a function behind a load balancer", () => {
  it("is invoked by load balancers of its account for one target group alone", () => {
    const targetGroup = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/work/1";
    const stack = synth((lambda) => lambda.invokedByLoadBalancer(targetGroup));
    expect(stack.resource("aws_lambda_permission")).toMatchObject({
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      source_arn: targetGroup,
      source_account: "123456789012",
    });
  });

  it("is invoked by nobody else", () => {
    expect(synth(() => undefined).resources("aws_lambda_permission")).toEqual([]);
  });
});
