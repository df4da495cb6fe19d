import { statementsOf, synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of a key", () => {
  const key = synthStack(example).resource("aws_kms_key");

  it("rotates, and can't be lost", () => {
    expect(key.enable_key_rotation).toBe(true);
    expect(statementsOf(key.policy).DenyLosingTheKey).toMatchObject({ Effect: "Deny" });
  });

  it("is used through its services, and by events of this account", () => {
    expect(statementsOf(key.policy)).toMatchObject({
      UsedThroughServices: {
        Condition: {
          StringEquals: {
            "kms:ViaService": [
              "s3.eu-west-1.amazonaws.com",
              "dynamodb.eu-west-1.amazonaws.com",
              "sqs.eu-west-1.amazonaws.com",
            ],
          },
        },
      },
      UsedByEvents: { Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } },
    });
  });
});
