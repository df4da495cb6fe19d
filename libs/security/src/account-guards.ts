import { EbsDefaultKmsKey } from "@cdktf/provider-aws/lib/ebs-default-kms-key";
import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { EbsSnapshotBlockPublicAccess } from "@cdktf/provider-aws/lib/ebs-snapshot-block-public-access";
import { Ec2ImageBlockPublicAccess } from "@cdktf/provider-aws/lib/ec2-image-block-public-access";
import { Ec2InstanceMetadataDefaults } from "@cdktf/provider-aws/lib/ec2-instance-metadata-defaults";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { SsmServiceSetting } from "@cdktf/provider-aws/lib/ssm-service-setting";
import { VpcBlockPublicAccessOptions } from "@cdktf/provider-aws/lib/vpc-block-public-access-options";
import { hasDuty } from "@landfall/core";
import { type IKey } from "@landfall/keys";
import { LogGroup } from "@landfall/logging";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface AccountGuardsProps {
  /** Encrypts every volume that names no other key. */
  readonly dataKey: IKey;
  /** Encrypts what the scripts of Systems Manager automations log. */
  readonly logsKey: IKey;
  /**
   * Network hops that the answer of the instance metadata service may take, 1 to 64. With 1, a container behind a bridge
   * can't take the role of the instance that it runs on; instances whose containers have to, ask for 2 themselves.
   * @default 1
   */
  readonly metadataHops?: number;
}

/** Where Systems Manager writes what automation scripts log, unless it is told another place. */
const AUTOMATION_LOG_GROUP = "/aws/ssm/automation/executeScript";

/**
 * Settings of an account and region that forbid what no single resource should have to refuse: unencrypted volumes,
 * public snapshots, images, documents and buckets, version 1 of the instance metadata service, and a way from the
 * internet into a VPC.
 *
 * @see EC2.7, EC2.172, EC2.182, S3.1, SSM.6, SSM.7; EC2.1 and SSM.4 can't come about, EC2.8 is what an instance gets
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export class AccountGuards extends Construct {
  constructor(scope: Construct, id: string, props: AccountGuardsProps) {
    super(scope, id);
    const hops = props.metadataHops ?? 1;
    validateProps(this, [wholeNumber("metadataHops", hops, 1, 64)]);
    const stack = ZoneStack.of(this);

    new EbsEncryptionByDefault(this, "VolumeEncryption", { enabled: true });
    new EbsDefaultKmsKey(this, "VolumeKey", { keyArn: props.dataKey.keyArn });
    new EbsSnapshotBlockPublicAccess(this, "Snapshots", { state: "block-all-sharing" });
    new Ec2ImageBlockPublicAccess(this, "Images", { state: "block-new-sharing" });
    new Ec2InstanceMetadataDefaults(this, "InstanceMetadata", {
      httpTokens: "required",
      httpPutResponseHopLimit: hops,
    });
    new VpcBlockPublicAccessOptions(this, "Vpcs", { internetGatewayBlockMode: blockMode(stack) });

    this.serviceSetting("DocumentSharing", "documents/console/public-sharing-permission", "Disable");
    new LogGroup(this, "AutomationLogs", {
      logGroupName: AUTOMATION_LOG_GROUP,
      encryptionKey: props.logsKey,
    });
    this.serviceSetting("AutomationLogging", "automation/customer-script-log-destination", "CloudWatch");

    // It holds for the whole account, so that one region sets it.
    if (stack.isHomeRegion) {
      new S3AccountPublicAccessBlock(this, "Buckets", {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
  }

  private serviceSetting(id: string, path: string, value: string): void {
    // The provider reads the setting's ARN back, and would find a mere path changed.
    const settingId = ZoneStack.of(this).arn("ssm", `servicesetting/ssm/${path}`);
    new SsmServiceSetting(this, id, { settingId, settingValue: value });
  }
}

/**
 * What internet gateways let through: nothing, or what VPCs send out and its answers where the zone has a way out. In
 * neither case anything reaches in; the network stack excludes public subnets by name.
 */
function blockMode({ zone, account }: ZoneStack): "block-bidirectional" | "block-ingress" {
  const hasNetwork = hasDuty(account, "network") || hasDuty(account, "workload");
  const waysOut = zone.network.egress !== "none" || zone.network.publicSubnets;
  return hasNetwork && waysOut ? "block-ingress" : "block-bidirectional";
}
