import { synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of storage", () => {
  const stack = synthStack(example);

  it("locks reports for a year, moves them after 90 days and lets them expire after ten years", () => {
    expect(stack.resource("aws_s3_bucket_object_lock_configuration")).toMatchObject({
      rule: { default_retention: { mode: "GOVERNANCE", days: 365 } },
    });
    expect(stack.resource("aws_s3_bucket_lifecycle_configuration")).toMatchObject({
      rule: [{ transition: [{ days: 90, storage_class: "GLACIER_IR" }], expiration: [{ days: 3653 }] }],
    });
  });

  it("encrypts both with the same key", () => {
    const key = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234";
    expect(JSON.stringify(stack.resource("aws_s3_bucket_server_side_encryption_configuration"))).toContain(
      key,
    );
    expect(JSON.stringify(stack.resource("aws_dynamodb_table"))).toContain(key);
  });
});
