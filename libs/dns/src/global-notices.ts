import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { denyInsecureTransport, policyDocument } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { GLOBAL_REGION } from "./global-region";

export interface GlobalNoticesProps {
  /** A key of {@link GLOBAL_REGION} that CloudWatch may use, e.g. a GlobalKey. */
  readonly encryptionKey: IKey;
}

/** Signed with SHA-256; version 1 is SHA-1. */
const SIGNATURE_VERSION = 2;

/**
 * The topic in {@link GLOBAL_REGION} that tells the zone's security contact of alarms there: an alarm reaches no topic of
 * another region.
 *
 * @see SNS.4 (public access), https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export class GlobalNotices extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, props: GlobalNoticesProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account } = stack;
    const provider = stack.providerIn({ region: GLOBAL_REGION });
    const topic = new SnsTopic(this, "Resource", {
      provider,
      name: stack.resourceName("topic", "notices"),
      kmsMasterKeyId: props.encryptionKey.keyArn,
      signatureVersion: SIGNATURE_VERSION,
    });
    const policy = new SnsTopicPolicy(this, "Policy", {
      provider,
      arn: topic.arn,
      policy: policyDocument([
        denyInsecureTransport("sns:Publish", [topic.arn]),
        {
          Sid: "Alarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: {
            ArnLike: { "aws:SourceArn": stack.arn("cloudwatch", "alarm:*", GLOBAL_REGION) },
            StringEquals: { "aws:SourceAccount": account.id },
          },
        },
      ]),
    });
    new SnsTopicSubscription(this, "SecurityContact", {
      provider,
      topicArn: topic.arn,
      protocol: "email",
      endpoint: zone.contacts.security,
    });
    // Whoever's alarm publishes waits for the policy that lets it.
    this.topicArn = policy.arn;
  }
}
