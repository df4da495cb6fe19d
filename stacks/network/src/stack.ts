import { LandfallError } from "@landfall/core";
import { Vpc } from "@landfall/network";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { loggingContract } from "@landfall/stack-logging/contract";
import { type Construct } from "constructs";
import { networkContract } from "./contract";

/** The region's VPC: isolated subnets and the endpoints that lead out of them. */
export class NetworkStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const logging = this.consume(loggingContract);
    const { blocks, availabilityZones, interfaceEndpoints } = this.zone.network;
    const cidr = blocks[this.region];
    if (cidr === undefined)
      throw new LandfallError(`Zone '${this.zone.name}' has no address block for ${this.region}`);
    const vpc = new Vpc(this, "Vpc", {
      cidr,
      availabilityZones,
      interfaceEndpoints,
      flowLogBucketArn: logging.archiveBucketArn,
    });
    this.publish(networkContract, {
      vpcId: vpc.vpcId,
      isolatedSubnetIds: vpc.isolatedSubnetIds,
      endpointSecurityGroupId: vpc.endpoints.securityGroupId,
      s3PrefixListId: vpc.endpoints.s3PrefixListId,
      dynamodbPrefixListId: vpc.endpoints.dynamodbPrefixListId,
    });
  }
}

export const definition = defineStack({
  name: "network",
  scope: "regional",
  contract: networkContract,
  build: (scope, props) => new NetworkStack(scope, props),
});
