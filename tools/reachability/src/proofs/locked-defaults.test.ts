import { isolated, type Resources, sound, zoneOf } from "../testing/fixtures";
import { lockedDefaults } from "./locked-defaults";

describe("lockedDefaults", () => {
  it("has nothing to say where all is locked", () => {
    expect(lockedDefaults(zoneOf(sound))).toEqual([]);
  });

  it("tells of what AWS gives and nobody took over", () => {
    const open = lockedDefaults(zoneOf(isolated));
    for (const part of [
      /default security group of net\/aws_vpc.Vpc must have no rules/,
      /default network ACL of net\/aws_vpc.Vpc must deny everything/,
      /default network ACL of net\/aws_vpc.Vpc must serve no subnet, serves: net\/aws_subnet.A/,
    ]) {
      expect(open).toContainEqual(expect.stringMatching(part));
    }
  });

  it.each<[string, Resources, RegExp]>([
    [
      "a rule that another resource adds to the default security group",
      {
        aws_vpc_security_group_ingress_rule: {
          More: {
            security_group_id: "${aws_vpc.Vpc.default_security_group_id}",
            cidr_ipv4: "10.0.0.0/16",
            ip_protocol: "-1",
          },
        },
      },
      /aws_default_security_group.Default must have no rules, has: .*ingress_rule.More/,
    ],
    [
      "a subnet without a network ACL of its own",
      { aws_subnet: { C: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.32.0/20" } } },
      /aws_default_network_acl.Default must serve no subnet, serves: net\/aws_subnet.C/,
    ],
    [
      "a rule of the default network ACL",
      {
        aws_default_network_acl: {
          Default: { ingress: [{ rule_no: 1, action: "allow", protocol: "-1", cidr_block: "10.0.0.0/8" }] },
        },
      },
      /aws_default_network_acl.Default must deny everything, has: .* rule 1/,
    ],
    [
      "a route of the main route table",
      {
        aws_internet_gateway: { Gateway: { vpc_id: "${aws_vpc.Vpc.id}" } },
        aws_default_route_table: {
          Main: { route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.Gateway.id}" }] },
        },
      },
      /aws_default_route_table.Main must have the local route only, has: /,
    ],
    [
      "a gateway endpoint in the main route table",
      { aws_vpc_endpoint: { S3: { route_table_ids: ["${aws_default_route_table.Main.id}"] } } },
      /aws_default_route_table.Main must have the local route only, leads to: net\/aws_vpc_endpoint.S3/,
    ],
  ])("tells of %s", (_, change, message) => {
    expect(lockedDefaults(zoneOf(sound, change))).toEqual([expect.stringMatching(message)]);
  });
});
