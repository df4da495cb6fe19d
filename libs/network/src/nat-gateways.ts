import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { ZoneStack } from "@landfall/stack";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type TierSubnet } from "./subnet-tier";

export interface NatGatewaysProps {
  /** The public subnets. */
  readonly subnets: readonly TierSubnet[];
  /** What must be there first. */
  readonly internetGateway: ITerraformDependable;
}

/**
 * A NAT gateway with a fixed address in each availability zone, so that the loss of one takes no other along and no
 * traffic is paid for twice.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
export class NatGateways extends Construct {
  /** The gateways' ids by the availability zone's letter. */
  readonly gatewayIds: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    const { zone } = ZoneStack.of(this);
    this.gatewayIds = new Map(
      props.subnets.map(({ letter, subnetId }) => {
        const tags = { Name: `${zone.name}-nat-${letter}` };
        const address = new Eip(this, `Address-${letter}`, { domain: "vpc", tags });
        const gateway = new NatGateway(this, `Gateway-${letter}`, {
          allocationId: address.allocationId,
          subnetId,
          tags,
          dependsOn: [props.internetGateway],
        });
        return [letter, gateway.id];
      }),
    );
  }
}
