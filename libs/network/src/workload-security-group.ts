import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface WorkloadSecurityGroupProps {
  /** Whose it is, e.g. `catalogue`. */
  readonly name: string;
  readonly vpcId: string;
  /** The security group of the VPC's interface endpoints. */
  readonly endpointSecurityGroupId: string;
  /** The prefix lists of the gateway endpoints, by service. */
  readonly prefixListIds: Readonly<Record<string, string>>;
  /** Whether it may call the internet over HTTPS; that takes private subnets too. @default false */
  readonly internet?: boolean;
}

/**
 * Lets a workload reach the VPC's endpoints over HTTPS, and the internet only where asked; nothing reaches the workload.
 */
export class WorkloadSecurityGroup extends Construct {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: WorkloadSecurityGroupProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "Resource", {
      name: ZoneStack.of(this).resourceName("securityGroup", props.name),
      description: "Lets the workload reach the endpoints of its VPC",
      vpcId: props.vpcId,
    });
    this.securityGroupId = group.id;
    const https = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new VpcSecurityGroupEgressRule(this, "Interface", {
      ...https,
      description: "HTTPS to the interface endpoints",
      referencedSecurityGroupId: props.endpointSecurityGroupId,
    });
    for (const [service, prefixListId] of Object.entries(props.prefixListIds)) {
      new VpcSecurityGroupEgressRule(this, `Gateway-${service}`, {
        ...https,
        description: `HTTPS to ${service}`,
        prefixListId,
      });
    }
    if (props.internet) {
      new VpcSecurityGroupEgressRule(this, "Internet", {
        ...https,
        description: "HTTPS to the internet",
        cidrIpv4: "0.0.0.0/0",
      });
    }
  }
}
