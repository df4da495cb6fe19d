import { type Attributes, resolveReferences, type SynthesizedStack } from "./synthesized";

const stack: SynthesizedStack = {
  folder: "/nowhere",
  resources: {
    aws_sqs_queue: { Orders_1: { name: "orders" } },
    aws_s3_bucket: { Documents_1: { bucket: "documents" } },
    aws_s3_bucket_policy: { Policy_1: { bucket: "${aws_s3_bucket.Documents_1.id}" } },
  },
};
const attributes: Attributes = (type, { name, bucket }): Record<string, string> =>
  type === "aws_sqs_queue"
    ? { arn: `arn:aws:sqs:eu-west-1:123456789012:${String(name)}` }
    : { id: String(bucket) };

describe("resolveReferences", () => {
  it("replaces references to arguments, to attributes, and through other resources, at any depth", () => {
    const value = {
      list: ["${aws_sqs_queue.Orders_1.arn}", 3],
      name: "${aws_sqs_queue.Orders_1.name}-more",
      policy: '{"bucket":"${aws_s3_bucket_policy.Policy_1.bucket}"}',
    };
    expect(resolveReferences(value, stack, attributes)).toEqual({
      list: ["arn:aws:sqs:eu-west-1:123456789012:orders", 3],
      name: "orders-more",
      policy: '{"bucket":"documents"}',
    });
  });

  it("leaves what another stack publishes empty", () => {
    const value = "${data.aws_ssm_parameter.Contract-keys_1.insecure_value}";
    expect(resolveReferences(value, stack, attributes)).toBe("");
  });

  it.each(["${aws_sqs_queue.Gone_1.arn}", "${aws_sqs_queue.Orders_1.colour}"])("refuses %s", (value) => {
    expect(() => resolveReferences(value, stack, attributes)).toThrow(/is not/);
  });
});
