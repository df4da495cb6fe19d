import {
  NetworkAcl,
  type NetworkAclEgress,
  type NetworkAclIngress,
} from "@cdktf/provider-aws/lib/network-acl";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type AclRule, type AclRules } from "./acl-rules";
import { subnetBlock, type Tier } from "./address-plan";

export interface SubnetTierProps {
  readonly tier: Tier;
  readonly vpcId: string;
  /** The VPC's block. */
  readonly cidr: string;
  /** Letters of the availability zones. */
  readonly availabilityZones: readonly string[];
  readonly rules: AclRules;
}

/** A tier's subnet in one availability zone. */
export interface TierSubnet {
  /** The availability zone's letter. */
  readonly letter: string;
  readonly cidr: string;
  readonly subnetId: string;
  /** Its own: a route to what is in the same availability zone concerns no other subnet. */
  readonly routeTableId: string;
}

/**
 * The subnets of one kind, one in each availability zone, each with a route table that leads nowhere yet, behind one
 * network ACL.
 *
 * @see EC2.15 (no public addresses), EC2.16 (no unused network ACL), EC2.21 (no SSH or remote desktop from anyone)
 */
export class SubnetTier extends Construct {
  readonly subnets: readonly TierSubnet[];

  constructor(scope: Construct, id: string, props: SubnetTierProps) {
    super(scope, id);
    const { zone, region } = ZoneStack.of(this);
    const { tier, vpcId } = props;
    const tags = (...suffix: string[]) => ({ Name: [zone.name, tier, ...suffix].join("-") });

    this.subnets = props.availabilityZones.map((letter, index): TierSubnet => {
      const cidr = subnetBlock(props.cidr, tier, index);
      const subnet = new Subnet(this, `Subnet-${letter}`, {
        vpcId,
        cidrBlock: cidr,
        availabilityZone: `${region}${letter}`,
        mapPublicIpOnLaunch: false,
        tags: tags(letter),
      });
      const routes = new RouteTable(this, `Routes-${letter}`, { vpcId, tags: tags(letter) });
      new RouteTableAssociation(this, `RoutesOf-${letter}`, { subnetId: subnet.id, routeTableId: routes.id });
      return { letter, cidr, subnetId: subnet.id, routeTableId: routes.id };
    });
    new NetworkAcl(this, "Acl", {
      vpcId,
      subnetIds: this.subnets.map(({ subnetId }) => subnetId),
      ingress: props.rules.ingress.map((rule) => terraformRule(rule, props.cidr)),
      egress: props.rules.egress.map((rule) => terraformRule(rule, props.cidr)),
      tags: tags(),
    });
  }
}

function terraformRule(
  { number, protocol, range: [from, to], peer }: AclRule,
  vpcCidr: string,
): NetworkAclIngress & NetworkAclEgress {
  return {
    ruleNo: number,
    action: "allow",
    protocol,
    cidrBlock: peer === "vpc" ? vpcCidr : "0.0.0.0/0",
    ...(protocol === "tcp"
      ? { fromPort: from, toPort: to }
      : { fromPort: 0, toPort: 0, icmpType: from, icmpCode: to }),
  };
}
