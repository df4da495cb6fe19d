import { Key } from "@landfall/keys";
import {
  AccountGuards,
  FindingNotices,
  Inspector,
  Macie,
  SecurityHub,
  ThreatDetection,
} from "@landfall/security";
import { type ZoneStack } from "@landfall/stack";

/** A single account: its guards, all that detects, and whom it tells. */
export function example(stack: ZoneStack): void {
  const key = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-000000000000");
  new AccountGuards(stack, "AccountGuards", { dataKey: key, logsKey: key });
  new ThreatDetection(stack, "GuardDuty");
  new SecurityHub(stack, "SecurityHub");
  new Inspector(stack, "Inspector");
  new Macie(stack, "Macie");
  new FindingNotices(stack, "FindingNotices", {
    topicArn: "arn:aws:sns:eu-west-1:123456789012:sandbox-logging-notices",
  });
}
