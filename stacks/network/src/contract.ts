import { defineContract, list, text } from "@landfall/stack";

export const networkContract = defineContract({
  stack: "network",
  scope: "regional",
  accounts: ["network", "workload"],
  values: {
    vpcId: text("Id of the VPC"),
    isolatedSubnetIds: list(
      "Ids of the subnets without a way to the internet, one for each availability zone",
    ),
    privateSubnetIds: list("Ids of the subnets with a way out alone; none where the zone has no egress"),
    publicSubnetIds: list("Ids of the subnets for load balancers; none where the zone asks for none"),
    endpointSecurityGroupId: text("Id of the security group in front of the interface endpoints"),
    s3PrefixListId: text("Id of the prefix list of S3's gateway endpoint"),
    dynamodbPrefixListId: text("Id of the prefix list of DynamoDB's gateway endpoint"),
  },
});
