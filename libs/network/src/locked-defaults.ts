import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/**
 * What every VPC is born with, emptied: a security group without rules, a network ACL that denies everything, a route
 * table without routes. Whatever forgets to name its own gets one of these, and reaches nothing.
 *
 * @see EC2.2 (default security group), EC2.21 (the default network ACL admits everyone until then)
 */
export class LockedDefaults extends Construct {
  constructor(scope: Construct, id: string, vpc: Vpc) {
    super(scope, id);
    const tags = { Name: `${ZoneStack.of(this).zone.name}-default-unused` };
    new DefaultSecurityGroup(this, "SecurityGroup", { vpcId: vpc.id, ingress: [], egress: [], tags });
    new DefaultNetworkAcl(this, "Acl", { defaultNetworkAclId: vpc.defaultNetworkAclId, tags });
    new DefaultRouteTable(this, "Routes", { defaultRouteTableId: vpc.defaultRouteTableId, route: [], tags });
  }
}
