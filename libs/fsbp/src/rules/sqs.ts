import { mustBeSet, mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { any } from "../verdict";
import { notPublic } from "./policy-verdict";

export const sqsRules: readonly ResourceRule[] = [
  /** SQS.1: messages are encrypted. Where neither argument is given, SQS encrypts with a key of its own. */
  {
    control: "SQS.1",
    types: ["aws_sqs_queue"],
    judge: (queue) =>
      any(
        mustBeTrue(queue, "sqs_managed_sse_enabled", true),
        mustBeSet(queue, "kms_master_key_id", "a KMS key"),
      ),
  },
  /** SQS.3: no queue policy lets everyone in. */
  notPublic("SQS.3", ["aws_sqs_queue", "aws_sqs_queue_policy"]),
];
