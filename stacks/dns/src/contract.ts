import { defineContract, list, text } from "@landfall/stack";

export const dnsContract = defineContract({
  stack: "dns",
  scope: "global",
  accounts: ["network", "workload"],
  values: {
    domainName: text("The account's domain: the zone's own in the network account, one below it elsewhere"),
    publicZoneId: text("Id of the public hosted zone of the account's domain"),
    privateZoneId: text(
      "Id of the private hosted zone `internal.<domain>`, which the account's VPCs resolve",
    ),
    certificateArn: text("ARN of the region's certificate; none while the domain is not delegated"),
    nameServers: list("Names of the servers to which the domain's parent delegates (NS)"),
    dsRecord: text("What the domain's parent needs to trust its signatures (DS); none where DNSSEC is off"),
    globalNoticesTopicArn: text(
      "ARN of the topic in us-east-1 for alarms on what AWS measures there alone, e.g. health checks",
    ),
  },
});
