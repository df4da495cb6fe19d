import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { denyInsecureTransport, policyDocument, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Lazy } from "cdktf";
import { Construct } from "constructs";

/** An SNS topic. */
export interface ITopic {
  readonly topicArn: string;
  /** Whoever publishes needs to use it. */
  readonly encryptionKey: IKey;
}

export interface TopicProps {
  /** What it carries, e.g. `notices`. */
  readonly name: string;
  readonly encryptionKey: IKey;
}

/** Signed with SHA-256; version 1 is SHA-1. */
const SIGNATURE_VERSION = 2;

/**
 * A topic that is encrypted with a customer key and reached over TLS only. Principals of the account publish to it by
 * their own policies, AWS services only once they are allowed.
 *
 * @see SNS.1 (encryption), SNS.4 (public access), https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export class Topic extends Construct implements ITopic {
  readonly topicArn: string;
  readonly encryptionKey: IKey;

  private readonly publishers = new Set<string>();

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "Resource", {
      name: ZoneStack.of(this).resourceName("topic", props.name),
      kmsMasterKeyId: props.encryptionKey.keyArn,
      signatureVersion: SIGNATURE_VERSION,
    });
    const policy = new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      // Rendered at synthesis, when every publisher is known.
      policy: Lazy.stringValue({ produce: () => this.policy(topic.arn) }),
    });
    // Whoever publishes waits for the policy that lets it.
    this.topicArn = policy.arn;
    this.encryptionKey = props.encryptionKey;
  }

  /**
   * Lets an AWS service publish, on behalf of this account only.
   *
   * @param service the service principal, e.g. `cloudwatch.amazonaws.com`
   */
  allowService(service: string): void {
    this.publishers.add(service);
  }

  private policy(topicArn: string): string {
    const { account } = ZoneStack.of(this);
    return policyDocument([
      denyInsecureTransport("sns:Publish", [topicArn]),
      ...[...this.publishers].map((service, index): Statement => ({
        Sid: `Publisher${index}`,
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { StringEquals: { "aws:SourceAccount": account.id } },
      })),
    ]);
  }
}
