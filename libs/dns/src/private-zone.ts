import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { accountDomain } from "./account-domain";

export interface PrivateZoneProps {
  /** The account's VPCs, which resolve it, each with its region: at least one. */
  readonly vpcs: readonly { readonly vpcId: string; readonly region: string }[];
}

/**
 * The private hosted zone `internal.<domain>` of the account, which its VPCs resolve in all regions. It has a name of its
 * own, since a private zone hides all of a public one of the same name.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 */
export class PrivateZone extends Construct {
  readonly zoneId: string;
  readonly domainName: string;

  constructor(scope: Construct, id: string, props: PrivateZoneProps) {
    super(scope, id);
    const { zone, account } = ZoneStack.of(this);
    const regions = props.vpcs.map(({ region }) => region);
    validateProps(this, [
      {
        prop: "vpcs",
        value: regions,
        valid: regions.length > 0 && new Set(regions).size === regions.length,
        allowed: "one VPC for each region, and at least one",
      },
    ]);
    this.domainName = `internal.${accountDomain(zone, account)}`;
    // All VPCs are named here, none by an association of its own: with both, each would undo the other.
    const hostedZone = new Route53Zone(this, "Resource", {
      name: this.domainName,
      comment: "Private",
      forceDestroy: zone.disposable,
      vpc: props.vpcs.map(({ vpcId, region }) => ({ vpcId, vpcRegion: region })),
    });
    this.zoneId = hostedZone.zoneId;
  }
}
