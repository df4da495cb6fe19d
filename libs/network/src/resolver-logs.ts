import { Route53ResolverQueryLogConfig } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config";
import { Route53ResolverQueryLogConfigAssociation } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config-association";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface ResolverLogsProps {
  readonly vpcId: string;
  /** The bucket that takes the logs, under `AWSLogs/<account>/vpcdnsquerylogs/<VPC>`. */
  readonly archiveBucketArn: string;
}

/**
 * Keeps every DNS query of a VPC, with its answer and, where DNS Firewall judged it, the verdict.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html
 */
export class ResolverLogs extends Construct {
  constructor(scope: Construct, id: string, props: ResolverLogsProps) {
    super(scope, id);
    const config = new Route53ResolverQueryLogConfig(this, "Resource", {
      name: ZoneStack.of(this).resourceName("resolver", "queries"),
      destinationArn: props.archiveBucketArn,
    });
    new Route53ResolverQueryLogConfigAssociation(this, "Association", {
      resolverQueryLogConfigId: config.id,
      resourceId: props.vpcId,
    });
  }
}
