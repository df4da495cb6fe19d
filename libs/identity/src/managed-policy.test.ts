import { synthStack } from "@landfall/testing";
import { ManagedPolicy } from "./managed-policy";
import { type Statement } from "./policy-document";

const statement = (Action: readonly string[]): Statement => ({
  Sid: "Read",
  Effect: "Allow",
  Action,
  Resource: "*",
});

const synth = (actions: readonly string[]) =>
  synthStack((stack) => {
    new ManagedPolicy(stack, "Policy", {
      name: "test-sample",
      description: "Sample",
      statements: [statement(actions)],
    });
  });

describe("ManagedPolicy", () => {
  it("has exactly the name that it is given", () => {
    expect(synth(["sqs:ListQueues"]).resource("aws_iam_policy")).toMatchObject({
      name: "test-sample",
      description: "Sample",
    });
  });

  it("refuses what is longer than AWS takes", () => {
    const many = Array.from({ length: 400 }, (_, index) => `sqs:Action${index}`);
    expect(() => synth(many)).toThrow(/'test-sample' must have at most 6144 characters, got: \d{4}/);
  });
});
