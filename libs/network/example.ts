import { DnsFirewall, ResolverLogs, Vpc, WorkloadSecurityGroup } from "@landfall/network";
import { type ZoneStack } from "@landfall/stack";

/** A network without a way to the internet, and a function's way to SQS and S3 in it. */
export function example(stack: ZoneStack): void {
  const archiveBucketArn = "arn:aws:s3:::example-archive";
  const { vpcId, endpoints } = new Vpc(stack, "Vpc", {
    cidr: "10.66.0.0/16",
    availabilityZones: ["a", "b"],
    interfaceEndpoints: ["sqs"],
    archiveBucketArn,
  });
  new ResolverLogs(stack, "ResolverLogs", { vpcId, archiveBucketArn });
  new DnsFirewall(stack, "DnsFirewall", { vpcId });
  new WorkloadSecurityGroup(stack, "WriterAccess", {
    name: "writer",
    vpcId,
    endpointSecurityGroupId: endpoints.securityGroupId,
    prefixListIds: { s3: endpoints.s3PrefixListId },
  });
}
