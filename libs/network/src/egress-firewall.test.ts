import { synthStack, testZone } from "@landfall/testing";
import { EgressFirewall, type EgressFirewallProps } from "./egress-firewall";

const subnet = (letter: string) => ({
  letter,
  cidr: "10.0.192.0/20",
  subnetId: `subnet-${letter}`,
  routeTableId: `rtb-${letter}`,
});
const props: EgressFirewallProps = {
  vpcId: "vpc-1",
  subnets: [subnet("a"), subnet("b")],
  allowedDomains: [".example.com", "example.org"],
  encryptionKey: { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/data" },
  archiveBucketArn: "arn:aws:s3:::archive",
};
const firewall = (change: Partial<EgressFirewallProps> = {}, zone = testZone()) =>
  synthStack((stack) => new EgressFirewall(stack, "Firewall", { ...props, ...change }), { zone });

describe("EgressFirewall", () => {
  it("lets only the names on the list pass, over TLS and HTTP, and drops all else with an alert", () => {
    const stack = firewall();
    expect(stack.resource("aws_networkfirewall_rule_group")).toMatchObject({
      type: "STATEFUL",
      rule_group: {
        stateful_rule_options: { rule_order: "STRICT_ORDER" },
        rules_source: {
          rules_source_list: {
            generated_rules_type: "ALLOWLIST",
            target_types: ["TLS_SNI", "HTTP_HOST"],
            targets: [".example.com", "example.org"],
          },
        },
      },
    });
    expect(stack.resource("aws_networkfirewall_firewall_policy")).toMatchObject({
      firewall_policy: {
        stateless_default_actions: ["aws:forward_to_sfe"],
        stateless_fragment_default_actions: ["aws:forward_to_sfe"],
        stateful_default_actions: ["aws:drop_established", "aws:alert_established"],
        stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "DROP" },
      },
    });
  });

  it("passes what is within the VPC before it asks for names", () => {
    const stack = firewall({ passed: [{ from: "10.0.128.0/20", to: "10.0.64.0/20" }] });
    const { firewall_policy } = stack.resource("aws_networkfirewall_firewall_policy");
    const references = (
      firewall_policy as { stateful_rule_group_reference: { priority: number; resource_arn: string }[] }
    ).stateful_rule_group_reference;
    expect(
      references.map(({ priority, resource_arn }) => [priority, /Passed|Domains/.exec(resource_arn)?.[0]]),
    ).toEqual([
      [100, "Passed"],
      [200, "Domains"],
    ]);
    const passed = stack.resources("aws_networkfirewall_rule_group").find(({ capacity }) => capacity === 10);
    expect(passed).toMatchObject({
      rule_group: {
        rules_source: {
          stateful_rule: [
            {
              action: "PASS",
              header: { source: "10.0.128.0/20", destination: "10.0.64.0/20", protocol: "TCP" },
            },
          ],
        },
      },
    });
  });

  it("has an endpoint in each of its subnets", () => {
    expect(firewall().resource("aws_networkfirewall_firewall").subnet_mapping).toEqual([
      { subnet_id: "subnet-a" },
      { subnet_id: "subnet-b" },
    ]);
  });

  it("is protected from deletion, unless the zone is disposable", () => {
    const protection = (disposable: boolean) => {
      const found = firewall({}, testZone({ disposable })).resource("aws_networkfirewall_firewall");
      return [found.delete_protection, found.subnet_change_protection];
    };
    expect([protection(false), protection(true)]).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it("is encrypted with the given key, rules and policy too", () => {
    const stack = firewall({ passed: [{ from: "10.0.128.0/20", to: "10.0.64.0/20" }] });
    const resources = ["firewall", "firewall_policy", "rule_group"].flatMap((type) =>
      stack.resources(`aws_networkfirewall_${type}`),
    );
    expect(resources).toHaveLength(4);
    for (const { encryption_configuration } of resources) {
      expect(encryption_configuration).toEqual({ type: "CUSTOMER_KMS", key_id: props.encryptionKey.keyArn });
    }
  });

  it("logs alerts and flows to the archive", () => {
    const { logging_configuration } = firewall().resource("aws_networkfirewall_logging_configuration");
    expect(logging_configuration).toMatchObject({
      log_destination_config: ["ALERT", "FLOW"].map((log_type) => ({
        log_type,
        log_destination_type: "S3",
        log_destination: { bucketName: '${trimprefix("arn:aws:s3:::archive", "arn:aws:s3:::")}' },
      })),
    });
  });

  it.each([
    [[]],
    [["Example.com"]],
    [["*.example.com"]],
    [["example.com/path"]],
    [Array(401).fill("example.com")],
  ])("refuses a bad list of domains", (allowedDomains: string[]) => {
    expect(() => firewall({ allowedDomains })).toThrow(
      /'allowedDomains' must be 1 to 400 lower-case DNS names/,
    );
  });
});
