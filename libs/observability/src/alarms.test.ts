import { DataAwsLambdaFunction } from "@cdktf/provider-aws/lib/data-aws-lambda-function";
import { Key } from "@landfall/keys";
import { Queue } from "@landfall/messaging";
import { type ZoneStack } from "@landfall/stack";
import { synthStack } from "@landfall/testing";
import { Construct } from "constructs";
import { Alarm, type AlarmProps, FunctionAlarms, QueueAlarms, StreamAlarms, TableAlarms } from ".";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:test-logging-notices";
const definition = { name: "shop", scope: "regional", accounts: ["workload"] } as const;
const functionName = "test-shop-order";

/** The alarms by name, without the prefix of the zone and the stack. */
function alarms(build: (stack: ZoneStack) => void): Record<string, Record<string, unknown>> {
  const stack = synthStack(build, { definition: { ...definition, accounts: ["workload"] } });
  return Object.fromEntries(
    stack
      .resources("aws_cloudwatch_metric_alarm")
      .map((alarm) => [String(alarm.alarm_name).replace("test-shop-", ""), alarm]),
  );
}
const queueOf = (scope: Construct, id = "Orders") =>
  new Queue(scope, id, {
    name: id,
    encryptionKey: Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1"),
  });

describe("Alarm", () => {
  const props: AlarmProps = {
    name: ["order", "refused"],
    description: "Many orders are refused",
    metric: { namespace: "Landfall", name: "Refused", dimensions: { service: "shop" }, statistic: "Sum" },
    threshold: 5,
    topicArn,
  };

  it("tells the topic when it begins and when it is over, and takes no data for good", () => {
    expect(alarms((stack) => new Alarm(stack, "Refused", props))["order-refused"]).toMatchObject({
      alarm_actions: [topicArn],
      ok_actions: [topicArn],
      comparison_operator: "GreaterThanOrEqualToThreshold",
      dimensions: { service: "shop" },
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      period: 300,
      treat_missing_data: "notBreaching",
    });
  });

  it("looks at as many periods as it is told to", () => {
    const change = { periodSeconds: 60, periods: 5, breaching: 3 };
    expect(
      alarms((stack) => new Alarm(stack, "Refused", { ...props, ...change }))["order-refused"],
    ).toMatchObject({ period: 60, evaluation_periods: 5, datapoints_to_alarm: 3 });
  });

  it.each([
    [{ periodSeconds: 90 }, "'periodSeconds' must be a multiple of 60, got: 90"],
    [{ periods: 289 }, "'periods' must be a whole number from 1 to 288, got: 289"],
    [{ periods: 2, breaching: 3 }, "'breaching' must be a whole number from 1 to 2, got: 3"],
    [{ threshold: 0 }, "'threshold' must be above 0: no data counts as good, got: 0"],
  ])("refuses %j", (change, message) => {
    expect(() => alarms((stack) => new Alarm(stack, "Refused", { ...props, ...change }))).toThrow(message);
  });
});

describe("FunctionAlarms", () => {
  const of = (change: Partial<ConstructorParameters<typeof FunctionAlarms>[2]> = {}) =>
    alarms((stack) => new FunctionAlarms(stack, "Alarms", { functionName, topicArn, ...change }));

  it("raises an alarm on the first error, on lasting throttles, near the timeout and near full use", () => {
    expect(of()).toMatchObject({
      "order-errors": { metric_name: "Errors", statistic: "Sum", threshold: 1, evaluation_periods: 1 },
      "order-throttles": { metric_name: "Throttles", threshold: 1, datapoints_to_alarm: 3 },
      "order-duration": { metric_name: "Duration", statistic: "Maximum", threshold: 24_000 },
      "order-concurrency": { metric_name: "ConcurrentExecutions", threshold: 9 },
    });
    for (const { namespace, dimensions } of Object.values(of())) {
      expect({ namespace, dimensions }).toEqual({
        namespace: "AWS/Lambda",
        dimensions: { FunctionName: functionName },
      });
    }
  });

  it("measures against the function's own timeout and concurrency", () => {
    expect(of({ timeoutSeconds: 10, reservedConcurrency: 4 })).toMatchObject({
      "order-duration": { threshold: 8000 },
      "order-concurrency": { threshold: 4 },
    });
  });

  it("takes an ARN for the name", () => {
    const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`;
    expect(of({ functionName: arn })["order-errors"]?.dimensions).toEqual({ FunctionName: functionName });
  });

  it("is named after its place where the function's name is known to Terraform alone", () => {
    const made = alarms((stack) => {
      const functionName = new DataAwsLambdaFunction(stack, "Theirs", { functionName: "theirs" }).arn;
      new FunctionAlarms(stack, "Alarms", { functionName, topicArn });
    });
    expect(Object.keys(made)).toContain("alarms-errors");
    expect(made["alarms-errors"]?.dimensions).toEqual({
      FunctionName: '${regex("[^:/]+$", data.aws_lambda_function.Theirs.arn)}',
    });
  });

  it.each([
    [{ timeoutSeconds: 0 }, "'timeoutSeconds' must be a whole number from 1 to 900"],
    [{ reservedConcurrency: 0 }, "'reservedConcurrency' must be a whole number from 1 to 1000"],
  ])("refuses %j", (change, message) => {
    expect(() => of(change)).toThrow(message);
  });
});

describe("QueueAlarms", () => {
  const of = (change: { maxAgeSeconds?: number } = {}) =>
    alarms((stack) => new QueueAlarms(stack, "Alarms", { queue: queueOf(stack), topicArn, ...change }));

  it("raises an alarm on a waiting message, on the first dead letter, and before dead letters are lost", () => {
    expect(of()).toMatchObject({
      "orders-age": { metric_name: "ApproximateAgeOfOldestMessage", threshold: 900 },
      "orders-dead-letters": { metric_name: "ApproximateNumberOfMessagesVisible", threshold: 1 },
      "orders-dead-letters-expire": { metric_name: "ApproximateAgeOfOldestMessage", threshold: 864_000 },
    });
  });

  it("watches the queue for age, and its dead-letter queue for the rest", () => {
    const queues = Object.fromEntries(
      Object.entries(of()).map(([name, { dimensions }]) => [
        name,
        /aws_sqs_queue\.(\w+?)_[0-9A-F]{8}\.arn|aws_sqs_queue\.(\w+)\.arn/
          .exec(JSON.stringify(dimensions))
          ?.slice(1)
          .find(Boolean),
      ]),
    );
    expect(queues).toEqual({
      "orders-age": "Orders",
      "orders-dead-letters": "Orders_DeadLetters",
      "orders-dead-letters-expire": "Orders_DeadLetters",
    });
  });

  it("lets messages wait as long as it is told to", () => {
    expect(of({ maxAgeSeconds: 60 })["orders-age"]).toMatchObject({ threshold: 60 });
    expect(() => of({ maxAgeSeconds: 59 })).toThrow("'maxAgeSeconds' must be a whole number from 60 to");
  });

  it("tells queues of one id apart by their place", () => {
    const made = alarms((stack) => {
      for (const place of ["Home", "Abroad"]) {
        const scope = new Construct(stack, place);
        new QueueAlarms(scope, "Alarms", { queue: queueOf(scope), topicArn });
      }
    });
    expect(Object.keys(made)).toEqual(expect.arrayContaining(["home-orders-age", "abroad-orders-age"]));
  });
});

describe("StreamAlarms", () => {
  const of = (change: { maxIteratorAgeSeconds?: number } = {}) =>
    alarms((stack) => new StreamAlarms(stack, "Alarms", { functionName, topicArn, ...change }));

  it("raises an alarm when the function is five minutes behind, or as long as it is told", () => {
    expect(of()["order-iterator-age"]).toMatchObject({ metric_name: "IteratorAge", threshold: 300_000 });
    expect(of({ maxIteratorAgeSeconds: 60 })["order-iterator-age"]).toMatchObject({ threshold: 60_000 });
  });

  it("refuses an age at which the stream has forgotten", () => {
    expect(() => of({ maxIteratorAgeSeconds: 86_401 })).toThrow("'maxIteratorAgeSeconds' must be");
  });
});

describe("TableAlarms", () => {
  it("raises an alarm on lasting throttles of reads and of writes", () => {
    const made = alarms(
      (stack) => new TableAlarms(stack, "Alarms", { tableName: "test-shop-orders", topicArn }),
    );
    expect(made).toMatchObject({
      "orders-read-throttles": { metric_name: "ReadThrottleEvents", datapoints_to_alarm: 3 },
      "orders-write-throttles": { metric_name: "WriteThrottleEvents", datapoints_to_alarm: 3 },
    });
    expect(made["orders-read-throttles"]?.dimensions).toEqual({ TableName: "test-shop-orders" });
  });
});
