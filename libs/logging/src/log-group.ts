import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface LogGroupProps {
  /** The whole name, e.g. `/aws/lambda/sandbox-intake-catalogue`. */
  readonly logGroupName: string;
  readonly encryptionKey: IKey;
}

/** A log group that is encrypted with a customer key and kept for the zone's retention. */
export class LogGroup extends Construct {
  readonly logGroupName: string;
  readonly logGroupArn: string;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, "Resource", {
      name: props.logGroupName,
      retentionInDays: ZoneStack.of(this).zone.retention.logDays,
      kmsKeyId: props.encryptionKey.keyArn,
    });
    this.logGroupName = group.name;
    this.logGroupArn = group.arn;
  }
}
