import { statementsOf, synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of a function", () => {
  const stack = synthStack(example);

  it("is allowed no more than its own queue, logs, traces, network and keys", () => {
    const { policy } = stack.resource("aws_iam_role_policy");
    expect(Object.keys(statementsOf(policy)).sort()).toEqual([
      "AttachToNetwork",
      "ConsumeQueue",
      "DenyNetworkToCode",
      "KeepFailures",
      "Trace",
      "UseKeys",
      "WriteOwnLogs",
    ]);
  });

  it("reads the queue in batches and says which messages failed", () => {
    expect(stack.resource("aws_lambda_event_source_mapping")).toMatchObject({
      batch_size: 10,
      function_response_types: ["ReportBatchItemFailures"],
    });
  });
});
