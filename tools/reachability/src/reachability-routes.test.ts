import { merge, nat, openEgress, publicSubnet, type Resources } from "./testing/fixtures";
import { ALL, last, meets } from "./testing/meets";

describe("routes", () => {
  it("lead to other networks by what is not modelled, which is taken to arrive", () => {
    const { reachable, why } = meets("otherNetworks", 22, openEgress, {
      aws_route: {
        Transit: {
          route_table_id: "${aws_route_table.Isolated.id}",
          destination_cidr_block: "192.168.0.0/16",
          transit_gateway_id: "tgw-1",
        },
      },
    });
    expect(reachable).toBe(true);
    expect(why).toContainEqual(expect.stringContaining("aws_route.Transit leads out of what is modelled"));
  });

  const wall: Resources = {
    aws_subnet: { Wall: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.129.0/28" } },
    aws_networkfirewall_firewall: {
      Wall: { vpc_id: "${aws_vpc.Vpc.id}", subnet_mapping: [{ subnet_id: "${aws_subnet.Wall.id}" }] },
    },
    aws_route_table: { Wall: { vpc_id: "${aws_vpc.Vpc.id}" } },
    aws_route_table_association: {
      Wall: { subnet_id: "${aws_subnet.Wall.id}", route_table_id: "${aws_route_table.Wall.id}" },
    },
  };
  const endpoint =
    "${tolist(aws_networkfirewall_firewall.Wall.firewall_status[0].sync_states)[0].attachment[0].endpoint_id}";

  it("through a firewall hide the security group at the other end", () => {
    const inspected: Resources = merge(wall, {
      aws_route: {
        Inspect: {
          route_table_id: "${aws_route_table.Isolated.id}",
          destination_cidr_block: "10.0.16.0/20",
          vpc_endpoint_id: endpoint,
        },
      },
      aws_vpc_endpoint: { Sqs: { subnet_ids: ["${aws_subnet.B.id}"] } },
    });
    expect(last(meets("sqs", 443, inspected).why)).toMatch(
      /^no rule of security group net\/aws_security_group.Work/,
    );
    expect(meets("sqs", 443, inspected, openEgress)).toMatchObject({ reachable: true });
  });

  it("behind a NAT gateway carry the gateway's address and not the function's", () => {
    const behind = (from: string): Resources =>
      merge(publicSubnet, nat, wall, {
        aws_route_table: {
          Public: { route: [{ cidr_block: "0.0.0.0/0", vpc_endpoint_id: endpoint }] },
          Wall: { route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.Gateway.id}" }] },
        },
        aws_network_acl: {
          Wall: {
            vpc_id: "${aws_vpc.Vpc.id}",
            subnet_ids: ["${aws_subnet.Wall.id}"],
            ingress: [
              { ...ALL, cidr_block: from, protocol: "tcp", from_port: 443, to_port: 443 },
              { ...ALL, rule_no: 110, protocol: "tcp", from_port: 1024, to_port: 65_535 },
            ],
            egress: [ALL],
          },
        },
      });
    expect(meets("internet", 443, openEgress, behind("10.0.128.0/24")).reachable).toBe(true);
    expect(meets("internet", 443, openEgress, behind("10.0.0.0/19")).reachable).toBe(false);
  });

  it("of a firewall are followed from the subnet of its endpoint", () => {
    const firewall: Resources = merge(publicSubnet, nat, {
      aws_subnet: { Firewall: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.129.0/28" } },
      aws_networkfirewall_firewall: {
        Wall: { vpc_id: "${aws_vpc.Vpc.id}", subnet_mapping: [{ subnet_id: "${aws_subnet.Firewall.id}" }] },
      },
      aws_route_table: {
        Firewall: {
          vpc_id: "${aws_vpc.Vpc.id}",
          route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.Nat.id}" }],
        },
      },
      aws_route_table_association: {
        Firewall: {
          subnet_id: "${aws_subnet.Firewall.id}",
          route_table_id: "${aws_route_table.Firewall.id}",
        },
      },
      aws_route: {
        Nat: {
          nat_gateway_id: null,
          vpc_endpoint_id:
            "${tolist(aws_networkfirewall_firewall.Wall.firewall_status[0].sync_states)[0].attachment[0].endpoint_id}",
        },
      },
    });
    const { reachable, why } = meets("internet", 443, openEgress, firewall);
    expect(reachable).toBe(true);
    expect(why).toEqual(
      expect.arrayContaining([
        "route net/aws_route.Nat leads through firewall net/aws_networkfirewall_firewall.Wall, whose own rules may refuse it",
        "route net/aws_route_table.Firewall route[0] leads to NAT gateway net/aws_nat_gateway.Nat",
        "route net/aws_route_table.Public route[0] leads to the internet gateway",
      ]),
    );
    const circle = {
      aws_route_table: { Firewall: { route: [] } },
      aws_route: {
        Circle: {
          route_table_id: "${aws_route_table.Firewall.id}",
          destination_cidr_block: "0.0.0.0/0",
          vpc_endpoint_id:
            "${one([for s in aws_networkfirewall_firewall.Wall.firewall_status[0].sync_states : s.attachment[0].endpoint_id])}",
        },
      },
    };
    expect(last(meets("internet", 443, openEgress, firewall, circle).why)).toBe(
      "route net/aws_route.Circle leads in a circle",
    );
  });
});
