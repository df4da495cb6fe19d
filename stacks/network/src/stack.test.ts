import { type Zone } from "@landfall/core";
import { synthApp } from "@landfall/stack/testing";
import { organizationZone, type SynthesizedStack, testZone, twoRegionZone } from "@landfall/testing";
import { definition } from "./stack";

const network = { block: "10.0.0.0/12", vpcPrefix: 16 };

const instances = (zone: Zone): Record<string, SynthesizedStack> =>
  synthApp({ zone, definitions: [definition] });
const only = (zone: Zone): SynthesizedStack => {
  const [stack] = Object.values(instances(zone));
  if (!stack) throw new Error("nothing was synthesized");
  return stack;
};
const published = (stack: SynthesizedStack): string[] =>
  stack.resources("aws_ssm_parameter").map(({ name }) => String(name).replace(/^.*\//, ""));
const endpoints = (stack: SynthesizedStack): string[] =>
  stack
    .resources("aws_vpc_endpoint")
    .map(({ service_name }) => String(service_name).replace(/^com\.amazonaws\.[a-z0-9-]+\./, ""))
    .sort();

describe("the network stack", () => {
  it("gives every account and region a block of its own", () => {
    const blocks = Object.entries(instances(organizationZone())).map(([name, stack]) => [
      name,
      stack.resource("aws_vpc").cidr_block,
    ]);
    expect(Object.fromEntries(blocks)).toEqual({
      "test-network-eu-west-1": "10.0.0.0/16",
      "test-network-eu-central-1": "10.1.0.0/16",
      "test-network-workload-eu-west-1": "10.6.0.0/16",
      "test-network-workload-eu-central-1": "10.7.0.0/16",
    });
  });

  it("publishes private and public subnets only where the zone has them", () => {
    const always = [
      "vpcId",
      "isolatedSubnetIds",
      "endpointSecurityGroupId",
      "s3PrefixListId",
      "dynamodbPrefixListId",
    ];
    expect(published(only(testZone())).sort()).toEqual([...always].sort());
    const open = testZone({ network: { ...network, egress: "nat", publicSubnets: true } });
    expect(published(only(open)).sort()).toEqual([...always, "privateSubnetIds", "publicSubnetIds"].sort());
    const inward = testZone({ network: { ...network, egress: "nat" } });
    expect(published(only(inward))).not.toContain("publicSubnetIds");
  });

  it("has the endpoints that FSBP asks for in production zones alone", () => {
    const asked = ["ec2", "ecr.api", "ecr.dkr", "ssm", "ssm-contacts", "ssm-incidents"];
    expect(endpoints(only(twoRegionZone()))).toEqual(["dynamodb", ...asked, "events", "s3", "sqs"].sort());
    expect(endpoints(only(testZone()))).toEqual(["dynamodb", "events", "s3", "sqs"]);
  });

  it("lets only the zone's domains through its firewall, encrypted with the data key", () => {
    const stack = only(
      testZone({ network: { ...network, egress: "firewall", allowedDomains: [".example.com"] } }),
    );
    const group = stack.resource("aws_networkfirewall_rule_group");
    expect(group).toMatchObject({
      rule_group: { rules_source: { rules_source_list: { targets: [".example.com"] } } },
    });
    expect(JSON.stringify(group.encryption_configuration)).toContain("Contract-keys_dataKeyArn");
  });

  it("reads the keys' contract only where there is a firewall", () => {
    const read = (zone: Zone) =>
      only(zone)
        .dataSources("aws_ssm_parameter")
        .map(({ name }) => name);
    expect(read(testZone({ network: { ...network, egress: "nat" } }))).toEqual([
      "/landfall/test/logging/archiveBucketArn",
    ]);
  });

  it("logs every query, and judges names where the zone wants it", () => {
    const types = (dnsFirewall: boolean) =>
      Object.keys(only(testZone({ services: { dnsFirewall } })).json.resource ?? {});
    expect(types(true)).toEqual(
      expect.arrayContaining([
        "aws_route53_resolver_query_log_config_association",
        "aws_route53_resolver_firewall_rule_group_association",
      ]),
    );
    expect(types(false)).not.toContain("aws_route53_resolver_firewall_rule_group_association");
    expect(types(false)).toContain("aws_route53_resolver_query_log_config_association");
  });
});
