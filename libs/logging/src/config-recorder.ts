import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface ConfigRecorderProps {
  /** Name of the region's bucket for snapshots and histories; in an organization it is the log archive's. */
  readonly bucketName: string;
  /** The key of that bucket. */
  readonly bucketKey: IKey;
}

/** AWS allows one recorder and one delivery channel in a region, and calls both so. */
const NAME = "default";

/**
 * Records every resource of the region and each of its changes; what has no region, such as roles, in the home region alone
 * where Security Hub brings the regions' findings together, else in each.
 *
 * The service-linked role that it uses is there once for an account: the home region's instance makes it, and the recovery
 * region's finds it by its fixed name.
 *
 * @see Config.1, https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles-config.html
 */
export class ConfigRecorder extends Construct {
  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    const { zone, account, isHomeRegion } = ZoneStack.of(this);
    const roleArn = isHomeRegion
      ? new IamServiceLinkedRole(this, "Role", { awsServiceName: "config.amazonaws.com" }).arn
      : `arn:aws:iam::${account.id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const recorder = new ConfigConfigurationRecorder(this, "Resource", {
      name: NAME,
      roleArn,
      // Once is enough where Security Hub brings the regions' findings together (Config.1).
      recordingGroup: {
        allSupported: true,
        includeGlobalResourceTypes: isHomeRegion || !zone.services.securityHub,
      },
    });
    const channel = new ConfigDeliveryChannel(this, "DeliveryChannel", {
      name: NAME,
      s3BucketName: props.bucketName,
      s3KmsKeyArn: props.bucketKey.keyArn,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      dependsOn: [recorder],
    });
    new ConfigConfigurationRecorderStatus(this, "Status", {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
    });
  }
}
