import { type Zone } from "@landfall/core";
import { Queue } from "@landfall/messaging";
import { type ZoneStack } from "@landfall/stack";
import { statementsOf, synthStack, testZone } from "@landfall/testing";
import { LambdaFunction, type LambdaFunctionProps } from "./lambda-function";

const key = (name: string) => ({ keyArn: `arn:aws:kms:eu-west-1:123456789012:key/${name}` });
const synth = (
  change: Partial<LambdaFunctionProps> = {},
  visibilityTimeoutSeconds = 180,
  of: { readonly zone?: Zone; readonly prepare?: (stack: ZoneStack) => void } = {},
) =>
  synthStack(
    (stack) => {
      stack.permissionsBoundary("arn:aws:iam::123456789012:policy/boundary");
      of.prepare?.(stack);
      const queue = new Queue(stack, "Queue", {
        name: "work",
        encryptionKey: key("messages"),
        visibilityTimeoutSeconds,
      });
      new LambdaFunction(stack, "Work", {
        name: "work",
        description: "Works",
        entry: "libs/function/src/fixtures/sample.function.ts",
        dataKey: key("data"),
        logsKey: key("logs"),
        deadLetterQueue: queue.deadLetterQueue,
        vpc: { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-1"] },
        ...change,
      }).consume(queue);
    },
    of.zone ? { zone: of.zone } : {},
  );

describe("LambdaFunction", () => {
  const stack = synth();

  it("runs on arm64 and Node.js in its VPC, traced, its concurrency reserved, its failures kept", () => {
    expect(stack.resource("aws_lambda_function")).toMatchObject({
      function_name: "test-sample-work",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memory_size: 256,
      timeout: 30,
      reserved_concurrent_executions: 10,
      tracing_config: { mode: "Active" },
      vpc_config: { subnet_ids: ["subnet-a", "subnet-b"], security_group_ids: ["sg-1"] },
      dead_letter_config: { target_arn: expect.stringContaining("aws_sqs_queue.Queue_DeadLetters") },
      kms_key_arn: key("data").keyArn,
      logging_config: { log_format: "JSON" },
    });
  });

  it("takes any code, unless it is given a signing configuration: then the hash is that of the signed file", () => {
    expect(stack.resource("aws_lambda_function")).not.toHaveProperty("code_signing_config_arn");
    const codeSigningConfigArn =
      "arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0123456789abcdef0";
    const signed = synth({ codeSigningConfigArn }).resource("aws_lambda_function");
    expect(signed).toMatchObject({ code_signing_config_arn: codeSigningConfigArn });
    expect(signed.source_code_hash).toBe(`\${filebase64sha256("${String(signed.filename)}")}`);
  });

  it("takes the signing configuration of its stack, and in a zone that signs it must have one", () => {
    const zone = testZone({ delivery: { source: { repository: "landing-zone" }, signing: true } });
    const config = "arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0123456789abcdef0";
    const signed = synth({}, 180, { zone, prepare: (made) => made.codeSigning(config) });
    expect(signed.resource("aws_lambda_function")).toMatchObject({ code_signing_config_arn: config });
    expect(() => synth({}, 180, { zone })).toThrow(
      "'codeSigningConfigArn' must be the delivery contract's, given to the stack's codeSigning() before its functions are made: the zone test signs, got: ",
    );
  });

  it("has a role of its own with the boundary, and a log group of its own, kept and encrypted", () => {
    expect(stack.resource("aws_iam_role")).toMatchObject({
      name: "test-sample-work-eu-west-1",
      permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
    });
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/lambda/test-sample-work",
      retention_in_days: 30,
      kms_key_id: key("logs").keyArn,
    });
  });

  it("may write its own log group, trace, use its keys and its queues, and nothing more", () => {
    const statements = statementsOf(stack.resource("aws_iam_role_policy").policy);
    const network = expect.arrayContaining(["ec2:CreateNetworkInterface"]);
    const actions = Object.fromEntries(Object.entries(statements).map(([sid, { Action }]) => [sid, Action]));
    expect(actions).toEqual({
      AttachToNetwork: network,
      ConsumeQueue: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
      ],
      DenyNetworkToCode: network,
      KeepFailures: "sqs:SendMessage",
      Trace: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
      UseKeys: ["kms:Decrypt", "kms:GenerateDataKey"],
      WriteOwnLogs: ["logs:CreateLogStream", "logs:PutLogEvents"],
    });
    expect(statements.UseKeys?.Resource).toEqual([key("data").keyArn, key("messages").keyArn]);
    expect(statements.WriteOwnLogs?.Resource).toBe(
      "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/test-sample-work:*",
    );
    const anyResource = Object.values(statements).filter(({ Resource }) => Resource === "*");
    expect(anyResource.map(({ Sid }) => Sid).sort()).toEqual([
      "AttachToNetwork",
      "DenyNetworkToCode",
      "Trace",
    ]);
  });

  it("reports which messages of a batch failed, and takes no more batches than it has concurrency", () => {
    expect(stack.resource("aws_lambda_event_source_mapping")).toMatchObject({
      batch_size: 10,
      function_response_types: ["ReportBatchItemFailures"],
      scaling_config: { maximum_concurrency: 10 },
    });
  });

  it("takes the values given", () => {
    const statement = {
      Sid: "More",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::b/*",
    } as const;
    const other = synth({
      memoryMegabytes: 512,
      timeoutSeconds: 10,
      statements: [statement],
      environment: { A: "b" },
    });
    expect(other.resource("aws_lambda_function")).toMatchObject({
      memory_size: 512,
      timeout: 10,
      environment: { variables: { A: "b" } },
    });
    expect(statementsOf(other.resource("aws_iam_role_policy").policy).More).toEqual(statement);
  });

  it("refuses values that Lambda refuses, all at once", () => {
    expect(() => synth({ memoryMegabytes: 64, timeoutSeconds: 901, reservedConcurrency: 0 })).toThrow(
      /'memoryMegabytes' .*, got: 64\n.*'timeoutSeconds' .*, got: 901\n.*'reservedConcurrency' .*, got: 0/,
    );
  });

  it("refuses a queue whose messages would come back while they are being worked on", () => {
    expect(() => synth({}, 179)).toThrow(
      "'timeoutSeconds' must be at most a sixth of the queue's visibility timeout (179 s), got: 30",
    );
  });
});
