import { type ResourceRule } from "../rule";
import { notPublic } from "./policy-verdict";

export const snsRules: readonly ResourceRule[] = [
  /** SNS.4: no topic policy lets everyone in. */
  notPublic("SNS.4", ["aws_sns_topic", "aws_sns_topic_policy"]),
];
