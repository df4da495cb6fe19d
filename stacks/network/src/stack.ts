import { interfaceEndpoints, vpcBlock } from "@landfall/core";
import { Key } from "@landfall/keys";
import { DnsFirewall, ResolverLogs, Vpc, type VpcProps } from "@landfall/network";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { type Construct } from "constructs";
import { networkContract } from "./contract";

/** The region's VPC as the zone asks for it, and the guard of its name resolution. */
export class NetworkStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const { network, services } = this.zone;
    const { archiveBucketArn } = this.consume(loggingContract);
    const vpc = new Vpc(this, "Vpc", {
      cidr: vpcBlock(this.zone, this.account, this.region),
      availabilityZones: network.availabilityZones,
      interfaceEndpoints: interfaceEndpoints(this.zone),
      publicSubnets: network.publicSubnets,
      egress: this.egress(),
      archiveBucketArn,
    });
    const { vpcId } = vpc;
    new ResolverLogs(this, "ResolverLogs", { vpcId, archiveBucketArn });
    if (services.dnsFirewall) new DnsFirewall(this, "DnsFirewall", { vpcId });

    this.publish(networkContract, {
      vpcId,
      isolatedSubnetIds: vpc.isolatedSubnetIds,
      privateSubnetIds: vpc.privateSubnetIds,
      publicSubnetIds: vpc.publicSubnetIds,
      endpointSecurityGroupId: vpc.endpoints.securityGroupId,
      s3PrefixListId: vpc.endpoints.s3PrefixListId,
      dynamodbPrefixListId: vpc.endpoints.dynamodbPrefixListId,
    });
  }

  private egress(): NonNullable<VpcProps["egress"]> {
    const { egress, allowedDomains } = this.zone.network;
    if (egress !== "firewall") return egress;
    return { allowedDomains, encryptionKey: Key.fromKeyArn(this.consume(keysContract).dataKeyArn) };
  }
}

export const definition = defineStack({
  name: "network",
  scope: "regional",
  accounts: ["network", "workload"],
  contract: networkContract,
  build: (scope, props) => new NetworkStack(scope, props),
});
