import { describeRule } from "../testing/cases";
import { snsRules } from "./sns";

const rule = (id: string) => {
  const found = snsRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const policy = (principal: unknown, condition?: object) =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: principal, Action: "sns:Publish", Resource: "*", Condition: condition },
    ],
  });
const topic = (config: object) => ({ aws_sns_topic: { t: config } });
const separate = (text: string) => ({
  aws_sns_topic_policy: { p: { arn: "arn:aws:sns:eu-west-1:123456789012:t", policy: text } },
});

describeRule(rule("SNS.4"), {
  compliant: [
    { of: "a topic without a policy", resource: topic({}) },
    { of: "a policy for a service", resource: separate(policy({ Service: "cloudwatch.amazonaws.com" })) },
    {
      of: "AWS's own, which names the owner",
      resource: separate(policy({ AWS: "*" }, { StringEquals: { "AWS:SourceOwner": "123456789012" } })),
    },
    { of: "a Deny for everyone", resource: separate(policy("*").replace("Allow", "Deny")) },
  ],
  nonCompliant: [
    { of: "a topic for everyone", resource: topic({ policy: policy("*") }), path: "policy" },
    {
      of: "a policy for everyone",
      resource: separate(policy({ AWS: ["123456789012", "*"] })),
      path: "policy",
    },
    {
      of: "everyone with TLS",
      resource: separate(policy("*", { Bool: { "aws:SecureTransport": "true" } })),
      path: "policy",
    },
  ],
  unknown: [{ of: "a policy by a variable", resource: separate("${var.p}") }],
});
