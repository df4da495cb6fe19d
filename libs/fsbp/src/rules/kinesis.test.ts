import { describeRule } from "../testing/cases";
import { kinesisRules } from "./kinesis";

const rule = (id: string) => {
  const found = kinesisRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const stream = (config: object) => ({ aws_kinesis_stream: { s: { name: "s", ...config } } });

describeRule(rule("Kinesis.1"), {
  compliant: [{ of: "a KMS key", resource: stream({ encryption_type: "KMS" }) }],
  nonCompliant: [
    { of: "a stream that says nothing", resource: stream({}), path: "encryption_type" },
    {
      of: "a key of a stream that does not encrypt",
      resource: stream({ encryption_type: "NONE", kms_key_id: "k" }),
      path: "encryption_type",
    },
  ],
  unknown: [{ of: "encryption by a variable", resource: stream({ encryption_type: "${var.e}" }) }],
});

describeRule(rule("Kinesis.3"), {
  compliant: [
    { of: "a week", resource: stream({ retention_period: 168 }) },
    { of: "a year, as text", resource: stream({ retention_period: "8760" }) },
  ],
  nonCompliant: [
    { of: "a stream that says nothing", resource: stream({}), path: "retention_period" },
    { of: "an hour less than a week", resource: stream({ retention_period: 167 }), path: "retention_period" },
  ],
  unknown: [{ of: "retention by a variable", resource: stream({ retention_period: "${var.hours}" }) }],
});
