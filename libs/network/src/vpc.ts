import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcBlockPublicAccessExclusion } from "@cdktf/provider-aws/lib/vpc-block-public-access-exclusion";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { isCidr, prefixLength, VPC_PREFIX } from "@landfall/core";
import { type IKey } from "@landfall/keys";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { aclRules, type Ways } from "./acl-rules";
import { type Tier } from "./address-plan";
import { EgressFirewall } from "./egress-firewall";
import { Endpoints } from "./endpoints";
import { LockedDefaults } from "./locked-defaults";
import { NatGateways } from "./nat-gateways";
import { SubnetTier, type TierSubnet } from "./subnet-tier";

/** A way out that is limited to names: see EgressFirewall. */
export interface FirewallEgress {
  /** DNS names that may be called; with a leading dot all below it too, e.g. `.example.com`: 1 to 400. */
  readonly allowedDomains: readonly string[];
  /** Encrypts the firewall's settings and rules. */
  readonly encryptionKey: IKey;
}

export interface VpcProps {
  /** The VPC's IPv4 block, /16 to /22, e.g. `10.0.0.0/16`. */
  readonly cidr: string;
  /**
   * Letters of the availability zones, e.g. `["a", "b"]`: 2 or 3. A subnet's block comes from its letter's position: add
   * one at the end.
   */
  readonly availabilityZones: readonly string[];
  /** The bucket that takes the flow logs, and the firewall's. */
  readonly archiveBucketArn: string;
  /** Services that are reached through interface endpoints, e.g. `["sqs"]`. @default none */
  readonly interfaceEndpoints?: readonly string[];
  /** Whether internet-facing load balancers may be in it. @default false */
  readonly publicSubnets?: boolean;
  /** The way out to the internet, for workloads in private subnets. @default "none" */
  readonly egress?: "none" | "nat" | FirewallEgress;
}

/** Seconds over which traffic is aggregated: the finest of the two that flow logs know. */
const FLOW_LOG_INTERVAL_SECONDS = 60;

const ANYWHERE = "0.0.0.0/0";

/**
 * A network over two or three availability zones. With no options it has no way to the internet: isolated subnets, and
 * endpoints that lead to AWS's services. Private subnets with a way out and public ones for load balancers are options;
 * none of them moves what is there.
 *
 * @see EC2.2 (default security group), EC2.6 (flow logs), EC2.15 (no public addresses), EC2.16 and EC2.21 (network ACLs)
 * @throws LandfallError when the block is too small or the availability zones are not two or three
 */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly isolatedSubnetIds: string[];
  /** None without egress. */
  readonly privateSubnetIds: string[];
  /** For load balancers: none where they may not be in it, even if NAT gateways have public subnets. */
  readonly publicSubnetIds: string[];
  readonly endpoints: Endpoints;
  private readonly resource: AwsVpc;
  private readonly ways: Ways;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcProps,
  ) {
    super(scope, id);
    this.validate();
    const { publicSubnets = false, egress = "none" } = props;
    this.ways = { loadBalancers: publicSubnets, egress: egress !== "none" };
    this.resource = new AwsVpc(this, "Resource", {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: this.tags("vpc"),
    });
    this.vpcId = this.resource.id;
    new LockedDefaults(this, "Defaults", this.resource);
    this.flowLog();

    const isolated = this.tier("Isolated", "isolated");
    const privates = this.ways.egress ? this.tier("Private", "private") : [];
    const publics = publicSubnets || this.ways.egress ? this.tier("Public", "public") : [];
    if (publics.length > 0) this.connect(publics, privates);

    const ids = (subnets: readonly TierSubnet[]) => subnets.map(({ subnetId }) => subnetId);
    this.isolatedSubnetIds = ids(isolated);
    this.privateSubnetIds = ids(privates);
    this.publicSubnetIds = publicSubnets ? ids(publics) : [];
    this.endpoints = new Endpoints(this, "Endpoints", {
      vpcId: this.vpcId,
      cidr: props.cidr,
      routeTableIds: [...isolated, ...privates].map(({ routeTableId }) => routeTableId),
      subnetIds: this.isolatedSubnetIds,
      services: props.interfaceEndpoints ?? [],
    });
  }

  private validate(): void {
    const { cidr, availabilityZones } = this.props;
    const { min, max } = VPC_PREFIX;
    validateProps(this, [
      {
        prop: "cidr",
        value: cidr,
        valid: isCidr(cidr) && prefixLength(cidr) >= min && prefixLength(cidr) <= max,
        allowed: `an IPv4 block from /${min} to /${max}: it is cut into sixteen subnets`,
      },
      {
        prop: "availabilityZones",
        value: availabilityZones,
        valid:
          availabilityZones.length >= 2 &&
          availabilityZones.length <= 3 &&
          new Set(availabilityZones).size === availabilityZones.length &&
          availabilityZones.every((letter) => /^[a-f]$/.test(letter)),
        allowed: "2 or 3 different letters from a to f",
      },
    ]);
  }

  /** The public subnets to the internet, and the private ones to the public. */
  private connect(publics: readonly TierSubnet[], privates: readonly TierSubnet[]): void {
    const { egress = "none", publicSubnets = false } = this.props;
    const gateway = new InternetGateway(this, "InternetGateway", {
      vpcId: this.vpcId,
      tags: this.tags("internet"),
    });
    for (const { letter, subnetId, routeTableId } of publics) {
      new Route(this, `PublicToInternet-${letter}`, {
        routeTableId,
        destinationCidrBlock: ANYWHERE,
        gatewayId: gateway.id,
      });
      // The account lets nothing in from the internet (EC2.172): only where load balancers are asked for it may.
      if (publicSubnets) {
        new VpcBlockPublicAccessExclusion(this, `PublicAccess-${letter}`, {
          subnetId,
          internetGatewayExclusionMode: "allow-bidirectional",
          tags: this.tags(`public-${letter}`),
        });
      }
    }
    if (egress === "none") return;
    const nat = new NatGateways(this, "Nat", { subnets: publics, internetGateway: gateway });
    const toNat = (name: string, subnets: readonly TierSubnet[]) => {
      for (const { letter, routeTableId } of subnets) {
        const natGatewayId = nat.gatewayIds.get(letter);
        if (natGatewayId === undefined) throw new Error(`no NAT gateway in availability zone '${letter}'`);
        new Route(this, `${name}-${letter}`, { routeTableId, destinationCidrBlock: ANYWHERE, natGatewayId });
      }
    };
    if (egress === "nat") toNat("PrivateToNat", privates);
    else toNat("FirewallToNat", this.throughFirewall(egress, publics, privates));
  }

  /**
   * Private and public subnets of an availability zone to each other, and the private ones to the internet, through the
   * firewall's endpoint in between. Both directions: it drops what it sees one half of.
   */
  private throughFirewall(
    { allowedDomains, encryptionKey }: FirewallEgress,
    publics: readonly TierSubnet[],
    privates: readonly TierSubnet[],
  ): readonly TierSubnet[] {
    const subnets = this.tier("Firewall", "firewall");
    const pairs = privates.flatMap((inner) =>
      publics.filter(({ letter }) => letter === inner.letter).map((outer) => ({ inner, outer })),
    );
    const firewall = new EgressFirewall(this, "EgressFirewall", {
      vpcId: this.vpcId,
      subnets,
      allowedDomains,
      encryptionKey,
      archiveBucketArn: this.props.archiveBucketArn,
      passed: this.ways.loadBalancers
        ? pairs.map(({ inner, outer }) => ({ from: outer.cidr, to: inner.cidr }))
        : [],
    });
    for (const { inner, outer } of pairs) {
      const route = (name: string, routeTableId: string, destinationCidrBlock: string) =>
        new Route(this, `${name}-${inner.letter}`, {
          routeTableId,
          destinationCidrBlock,
          vpcEndpointId: firewall.endpointId(inner.letter),
        });
      route("PrivateToFirewall", inner.routeTableId, ANYWHERE);
      route("PrivateToPublic", inner.routeTableId, outer.cidr);
      route("PublicToPrivate", outer.routeTableId, inner.cidr);
    }
    return subnets;
  }

  private tier(id: string, tier: Tier): readonly TierSubnet[] {
    const { cidr, availabilityZones } = this.props;
    const rules = aclRules(tier, this.ways);
    return new SubnetTier(this, id, { tier, vpcId: this.vpcId, cidr, availabilityZones, rules }).subnets;
  }

  private flowLog(): void {
    new FlowLog(this, "FlowLog", {
      vpcId: this.vpcId,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: this.props.archiveBucketArn,
      maxAggregationInterval: FLOW_LOG_INTERVAL_SECONDS,
      destinationOptions: { fileFormat: "parquet", perHourPartition: true },
    });
  }

  private tags(name: string): { Name: string } {
    return { Name: `${ZoneStack.of(this).zone.name}-${name}` };
  }
}
