import { describeRule } from "../testing/cases";
import { sqsRules } from "./sqs";

const rule = (id: string) => {
  const found = sqsRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const queue = (config: object) => ({ aws_sqs_queue: { q: { name: "q", ...config } } });

describeRule(rule("SQS.1"), {
  compliant: [
    { of: "a queue that says nothing", resource: queue({}) },
    { of: "SQS's own key", resource: queue({ sqs_managed_sse_enabled: true }) },
    { of: "a KMS key", resource: queue({ kms_master_key_id: "alias/aws/sqs" }) },
    {
      of: "a KMS key instead of SQS's own",
      resource: {
        ...queue({ sqs_managed_sse_enabled: false, kms_master_key_id: "${aws_kms_key.k.arn}" }),
        aws_kms_key: { k: {} },
      },
    },
  ],
  nonCompliant: [
    {
      of: "no key at all",
      resource: queue({ sqs_managed_sse_enabled: false }),
      path: "sqs_managed_sse_enabled",
    },
    {
      of: "an empty key",
      resource: queue({ sqs_managed_sse_enabled: false, kms_master_key_id: "" }),
      path: "sqs_managed_sse_enabled",
    },
  ],
  unknown: [
    { of: "encryption by a variable", resource: queue({ sqs_managed_sse_enabled: "${var.on}" }) },
    {
      of: "a key by a variable",
      resource: queue({ sqs_managed_sse_enabled: false, kms_master_key_id: "${var.key}" }),
    },
  ],
});

const policy = (principal: unknown, condition?: object) =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: principal,
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: condition,
      },
    ],
  });
const separate = (text: string) => ({
  aws_sqs_queue_policy: { p: { queue_url: "https://q", policy: text } },
});

describeRule(rule("SQS.3"), {
  compliant: [
    { of: "a queue without a policy", resource: queue({}) },
    { of: "a policy for a service", resource: separate(policy({ Service: "events.amazonaws.com" })) },
    {
      of: "everyone for one topic",
      resource: {
        ...separate(policy("*", { ArnEquals: { "aws:SourceArn": "${aws_sns_topic.t.arn}" } })),
        aws_sns_topic: { t: {} },
      },
    },
  ],
  nonCompliant: [
    { of: "a queue for everyone", resource: queue({ policy: policy("*") }), path: "policy" },
    { of: "a policy for everyone", resource: separate(policy({ AWS: "*" })), path: "policy" },
    {
      of: "a condition with a wildcard",
      resource: separate(policy("*", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } })),
      path: "policy",
    },
    {
      of: "a condition with a policy variable",
      resource: separate(policy("*", { StringEquals: { "aws:SourceAccount": "$${aws:PrincipalAccount}" } })),
      path: "policy",
    },
  ],
  unknown: [
    { of: "a policy by a variable", resource: separate("${var.p}") },
    {
      of: "a condition by a variable",
      resource: separate(policy("*", { StringEquals: { "aws:SourceAccount": "${var.a}" } })),
    },
  ],
});
