import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { type Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Route53QueryLog } from "@cdktf/provider-aws/lib/route53-query-log";
import { policyDocument } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { GLOBAL_REGION } from "./global-region";

export interface QueryLogProps {
  readonly hostedZone: Route53Zone;
  readonly domainName: string;
  /** A key of {@link GLOBAL_REGION} that CloudWatch Logs may use. */
  readonly encryptionKey: IKey;
}

/**
 * The log of what a public hosted zone was asked: encrypted, kept for the zone's retention, written by Route 53 for this
 * hosted zone alone.
 *
 * @see Route53.2, https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html
 */
export class QueryLog extends Construct {
  constructor(scope: Construct, id: string, props: QueryLogProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const provider = stack.providerIn({ region: GLOBAL_REGION });
    const group = new CloudwatchLogGroup(this, "LogGroup", {
      provider,
      name: `/aws/route53/${props.domainName}`,
      retentionInDays: stack.zone.retention.logDays,
      kmsKeyId: props.encryptionKey.keyArn,
    });
    const policy = new CloudwatchLogResourcePolicy(this, "LogGroupPolicy", {
      provider,
      policyName: stack.resourceName("policy", "query-log"),
      policyDocument: policyDocument([
        {
          Sid: "WrittenByRoute53",
          Effect: "Allow",
          Principal: { Service: "route53.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${group.arn}:*`,
          Condition: {
            ArnEquals: { "aws:SourceArn": props.hostedZone.arn },
            StringEquals: { "aws:SourceAccount": stack.account.id },
          },
        },
      ]),
    });
    new Route53QueryLog(this, "Resource", {
      zoneId: props.hostedZone.zoneId,
      cloudwatchLogGroupArn: group.arn,
      // Route 53 tries the policy when the log is made.
      dependsOn: [policy],
    });
  }
}
