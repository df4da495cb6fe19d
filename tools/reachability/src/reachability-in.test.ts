import { INTERNET } from "./path/types";
import { portsText, Reachability } from "./reachability";
import {
  isolated,
  loadBalancer,
  merge,
  nat,
  openEgress,
  publicSubnet,
  type Resources,
  zoneOf,
} from "./testing/fixtures";

const at = (...resources: Resources[]) => new Reachability(zoneOf(isolated, ...resources));

const fromInternet = (reachability: Reachability, label: string, port: number) =>
  reachability.reaches(INTERNET, reachability.find(label), port);

const front = (port: number, ...resources: Resources[]) =>
  fromInternet(at(publicSubnet, loadBalancer, ...resources), "aws_lb.Front", port);

const last = (why: readonly string[]) => why.at(-1);

describe("from the internet", () => {
  it("a load balancer in a public subnet is reached on its ports, and nothing else is", () => {
    const reached = at(publicSubnet, loadBalancer, nat, openEgress).reachableFrom(INTERNET);
    expect(reached.map(({ destination, ports }) => [destination.title, portsText(ports)])).toEqual([
      ["load balancer front of net", "80"],
      ["load balancer front of net", "443"],
    ]);
  });

  it("the way to a load balancer is told", () => {
    expect(front(443)).toEqual({
      reachable: true,
      whole: true,
      why: [
        "internet gateway net/aws_internet_gateway.Gateway",
        "default network ACL of net/aws_vpc.Vpc, inbound rule 100 lets tcp 443 in",
        "security group rule net/aws_security_group.Front ingress[0] lets tcp 443 in from the internet",
        "listener net/aws_lb_listener.Https takes tcp 443",
        "default network ACL of net/aws_vpc.Vpc, outbound rule 100 lets the answer out (tcp 1024)",
        "route net/aws_route_table.Public route[0] leads to the internet gateway",
      ],
    });
  });

  it.each<[string, Resources, RegExp]>([
    ["it is internal", { aws_lb: { Front: { internal: true } } }, /aws_lb.Front has no public address/],
    ["nothing listens", { aws_lb_listener: { Https: { port: 8443 } } }, /no listener on tcp 443/],
    [
      "its security group is closed",
      { aws_security_group: { Front: { ingress: [] } } },
      /no rule of security group net\/aws_security_group.Front lets tcp 443 in from the internet/,
    ],
    [
      "its security group lets only private addresses in",
      {
        aws_security_group: {
          Front: { ingress: [{ from_port: 0, to_port: 0, protocol: "-1", cidr_blocks: ["10.0.0.0/8"] }] },
        },
      },
      /no rule of security group/,
    ],
    [
      "there is no route for the answer",
      { aws_route_table: { Public: { route: [] } } },
      /no route to the internet/,
    ],
    [
      "the answer would leave by a NAT gateway",
      {
        aws_subnet: { Nat: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.130.0/24" } },
        aws_route_table: {
          Public: { route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.Nat.id}" }] },
          Nat: {
            vpc_id: "${aws_vpc.Vpc.id}",
            route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.Gateway.id}" }],
          },
        },
        aws_route_table_association: {
          Nat: { subnet_id: "${aws_subnet.Nat.id}", route_table_id: "${aws_route_table.Nat.id}" },
        },
        aws_nat_gateway: { Nat: { subnet_id: "${aws_subnet.Nat.id}" } },
      },
      /NAT gateway, which drops it/,
    ],
    [
      "the network ACL lets the answer out nowhere",
      {
        aws_network_acl: {
          Public: {
            vpc_id: "${aws_vpc.Vpc.id}",
            subnet_ids: ["${aws_subnet.Public.id}"],
            ingress: [{ rule_no: 1, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" }],
          },
        },
      },
      /aws_network_acl.Public has no rule that lets the answer out/,
    ],
  ])("a load balancer is not reached where %s", (_, change, words) => {
    const { reachable, why } = front(443, change);
    expect(reachable).toBe(false);
    expect(last(why)).toMatch(words);
  });

  it("a load balancer is not reached in a VPC without an internet gateway", () => {
    const gone = merge(isolated, loadBalancer, {
      aws_subnet: { Public: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.128.0/24" } },
    });
    expect(last(fromInternet(new Reachability(zoneOf(gone)), "aws_lb.Front", 443).why)).toBe(
      "net/aws_vpc.Vpc has no internet gateway",
    );
  });

  it("goes through the firewall that the gateway's own route table names", () => {
    const edge: Resources = {
      aws_subnet: { Wall: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.129.0/28" } },
      aws_networkfirewall_firewall: {
        Wall: { vpc_id: "${aws_vpc.Vpc.id}", subnet_mapping: { subnet_id: "${aws_subnet.Wall.id}" } },
      },
      aws_route_table: { Edge: { vpc_id: "${aws_vpc.Vpc.id}" } },
      aws_route: {
        Edge: {
          route_table_id: "${aws_route_table.Edge.id}",
          destination_cidr_block: "10.0.128.0/24",
          vpc_endpoint_id:
            "${tolist(aws_networkfirewall_firewall.Wall.firewall_status[0].sync_states)[0].attachment[0].endpoint_id}",
        },
      },
      aws_route_table_association: {
        Edge: {
          gateway_id: "${aws_internet_gateway.Gateway.id}",
          route_table_id: "${aws_route_table.Edge.id}",
        },
      },
    };
    expect(front(443, edge).why[1]).toMatch(/route net\/aws_route.Edge leads through firewall/);
    const closed = {
      aws_network_acl: { Wall: { vpc_id: "${aws_vpc.Vpc.id}", subnet_ids: ["${aws_subnet.Wall.id}"] } },
    };
    expect(last(front(443, edge, closed).why)).toBe(
      "network ACL net/aws_network_acl.Wall has no rule that lets tcp 443 in",
    );
  });

  it("an instance is reached with a public address, and not without", () => {
    const instance = (own: boolean): Resources => ({
      aws_instance: {
        Host: {
          subnet_id: "${aws_subnet.Public.id}",
          associate_public_ip_address: own,
          vpc_security_group_ids: ["${aws_security_group.Front.id}"],
        },
      },
    });
    const host = (own: boolean) =>
      fromInternet(at(publicSubnet, loadBalancer, instance(own)), "aws_instance.Host", 443).reachable;
    expect([host(true), host(false)]).toEqual([true, false]);
  });
});

describe("IPv6", () => {
  const dual: Resources = {
    aws_vpc: { Vpc: { assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      A: { ipv6_cidr_block: "${cidrsubnet(aws_vpc.Vpc.ipv6_cidr_block, 8, 0)}" },
      Public: { ipv6_cidr_block: "${cidrsubnet(aws_vpc.Vpc.ipv6_cidr_block, 8, 1)}" },
    },
    aws_route_table: {
      Public: {
        route: [
          { cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.Gateway.id}" },
          { ipv6_cidr_block: "::/0", gateway_id: "${aws_internet_gateway.Gateway.id}" },
        ],
      },
    },
    aws_lb: { Front: { ip_address_type: "dualstack" } },
    aws_security_group: {
      Front: {
        ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", ipv6_cidr_blocks: ["::/0"] }],
      },
    },
    aws_lambda_function: {
      Work: {
        function_name: "work",
        vpc_config: {
          subnet_ids: ["${aws_subnet.A.id}"],
          security_group_ids: ["${aws_security_group.Work.id}"],
          ipv6_allowed_for_dual_stack: true,
        },
      },
    },
    aws_vpc_security_group_egress_rule: {
      Six: { security_group_id: "${aws_security_group.Work.id}", cidr_ipv6: "::/0", ip_protocol: "-1" },
    },
  };
  const egressOnly: Resources = {
    aws_egress_only_internet_gateway: { Out: { vpc_id: "${aws_vpc.Vpc.id}" } },
    aws_route: {
      Six: {
        route_table_id: "${aws_route_table.Isolated.id}",
        destination_ipv6_cidr_block: "::/0",
        egress_only_gateway_id: "${aws_egress_only_internet_gateway.Out.id}",
      },
    },
  };

  it("lets in by rules of its own", () => {
    expect(front(443, dual).reachable).toBe(true);
    expect(front(443, dual, { aws_lb: { Front: { ip_address_type: "ipv4" } } }).reachable).toBe(false);
    expect(front(443, dual, { aws_subnet: { Public: { ipv6_cidr_block: null } } }).reachable).toBe(false);
  });

  it("leaves by an egress-only gateway, which lets nobody in", () => {
    const reachability = at(publicSubnet, loadBalancer, dual, egressOnly);
    const own = reachability.find("aws_lambda_function.Work");
    expect(reachability.reaches(own, INTERNET, 443).reachable).toBe(true);
    const open = merge(dual, egressOnly, {
      aws_vpc_security_group_ingress_rule: {
        Six: { security_group_id: "${aws_security_group.Work.id}", cidr_ipv6: "::/0", ip_protocol: "-1" },
      },
    });
    const { reachable, why } = fromInternet(
      at(publicSubnet, loadBalancer, open),
      "aws_lambda_function.Work",
      443,
    );
    expect(reachable).toBe(false);
    expect(last(why)).toMatch(/leads to the egress-only gateway, by which the answer is lost/);
  });

  it("is nothing to a function that did not ask for it", () => {
    const reachability = at(publicSubnet, loadBalancer, dual, egressOnly, {
      aws_lambda_function: { Work: isolated["aws_lambda_function"]?.["Work"] ?? {} },
    });
    expect(reachability.reaches(reachability.find("aws_lambda_function.Work"), INTERNET, 443).reachable).toBe(
      false,
    );
  });
});
