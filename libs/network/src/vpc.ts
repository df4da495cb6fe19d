import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { isCidr, prefixLength, subBlock } from "@landfall/core";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { Endpoints } from "./endpoints";

export interface VpcProps {
  /** The VPC's IPv4 block, /16 to /22, e.g. `10.0.0.0/16`. */
  readonly cidr: string;
  /** Letters of the availability zones, e.g. `["a", "b"]`: 2 or 3. */
  readonly availabilityZones: readonly string[];
  /** The bucket that takes the flow logs. */
  readonly flowLogBucketArn: string;
  /** Services that are reached through interface endpoints, e.g. `["sqs"]`. @default none */
  readonly interfaceEndpoints?: readonly string[];
}

/** Bits between the VPC's prefix and a subnet's: 16 subnets, of which the isolated ones take the first three. */
const SUBNET_BITS = 4;

/** Seconds over which traffic is aggregated: the finest of the two that flow logs know. */
const FLOW_LOG_INTERVAL_SECONDS = 60;

/**
 * A network without a way to the internet: isolated subnets over two or three availability zones, gateway endpoints
 * for S3 and DynamoDB, a default security group that lets nothing through, and flow logs of all traffic.
 *
 * @see EC2.2 (default security group), EC2.6 (flow logs), EC2.15 (no public addresses)
 */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly isolatedSubnetIds: string[];
  readonly endpoints: Endpoints;

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    validateProps(this, [
      {
        prop: "cidr",
        value: props.cidr,
        valid: isCidr(props.cidr) && prefixLength(props.cidr) >= 16 && prefixLength(props.cidr) <= 22,
        allowed: "an IPv4 block from /16 to /22",
      },
      {
        prop: "availabilityZones",
        value: props.availabilityZones,
        valid: props.availabilityZones.length >= 2 && props.availabilityZones.length <= 3,
        allowed: "2 or 3 letters",
      },
    ]);
    const { zone, region } = ZoneStack.of(this);
    const tags = (name: string) => ({ Name: `${zone.name}-${name}` });

    const vpc = new AwsVpc(this, "Resource", {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: tags("vpc"),
    });
    this.vpcId = vpc.id;
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { vpcId: vpc.id, ingress: [], egress: [] });
    new FlowLog(this, "FlowLog", {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: props.flowLogBucketArn,
      maxAggregationInterval: FLOW_LOG_INTERVAL_SECONDS,
      destinationOptions: { fileFormat: "parquet", perHourPartition: true },
    });

    const routes = new RouteTable(this, "IsolatedRoutes", { vpcId: vpc.id, tags: tags("isolated") });
    const subnets = props.availabilityZones.map((letter, index) => {
      const subnet = new Subnet(this, `Isolated-${letter}`, {
        vpcId: vpc.id,
        cidrBlock: subBlock(props.cidr, prefixLength(props.cidr) + SUBNET_BITS, index),
        availabilityZone: `${region}${letter}`,
        mapPublicIpOnLaunch: false,
        tags: tags(`isolated-${letter}`),
      });
      new RouteTableAssociation(this, `IsolatedRoutes-${letter}`, {
        subnetId: subnet.id,
        routeTableId: routes.id,
      });
      return subnet;
    });
    this.isolatedSubnetIds = subnets.map((subnet) => subnet.id);
    this.endpoints = new Endpoints(this, "Endpoints", {
      vpcId: vpc.id,
      cidr: props.cidr,
      routeTableIds: [routes.id],
      subnetIds: this.isolatedSubnetIds,
      services: props.interfaceEndpoints ?? [],
    });
  }
}
