import { mustBeAtLeast, mustBeOneOf } from "../expect";
import { type ResourceRule } from "../rule";

export const kinesisRules: readonly ResourceRule[] = [
  /** Kinesis.1: records are encrypted with a KMS key. */
  {
    control: "Kinesis.1",
    types: ["aws_kinesis_stream"],
    judge: (stream) => mustBeOneOf(stream, "encryption_type", ["KMS"], "NONE"),
  },
  /** Kinesis.3: records are kept for a week: 168 hours. */
  {
    control: "Kinesis.3",
    types: ["aws_kinesis_stream"],
    judge: (stream) => mustBeAtLeast(stream, "retention_period", 168, 24),
  },
];
