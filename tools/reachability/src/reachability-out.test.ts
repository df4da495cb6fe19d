import { merge, nat, openAcl, openEgress, publicSubnet, type Resources } from "./testing/fixtures";
import { ALL, last, meets } from "./testing/meets";

const aclRules = (ingress: readonly object[], egress: readonly object[]): Resources =>
  merge(openAcl, { aws_network_acl: { Acl: { ingress, egress } } });

describe("an isolated function", () => {
  it("reaches S3 by the prefix list of its gateway endpoint", () => {
    expect(meets("s3", 443)).toEqual({
      reachable: true,
      whole: true,
      why: [
        "security group rule net/aws_vpc_security_group_egress_rule.S3 lets tcp 443 out to gateway endpoint s3 of net",
        "default network ACL of net/aws_vpc.Vpc, outbound rule 100 lets tcp 443 out",
        "route table net/aws_route_table.Isolated leads to gateway endpoint net/aws_vpc_endpoint.S3",
        "default network ACL of net/aws_vpc.Vpc, inbound rule 100 lets the answer in (tcp 1024)",
      ],
    });
  });

  it("does not reach S3 where no route table leads to the endpoint", () => {
    const { reachable, why } = meets("s3", 443, { aws_vpc_endpoint: { S3: { route_table_ids: [] } } });
    expect(reachable).toBe(false);
    expect(last(why)).toBe(
      "route table net/aws_route_table.Isolated does not lead to gateway endpoint net/aws_vpc_endpoint.S3",
    );
  });

  it("reaches an interface endpoint by its security group", () => {
    expect(meets("sqs", 443)).toMatchObject({
      reachable: true,
      whole: true,
      why: [
        expect.stringContaining("egress_rule.Sqs lets tcp 443 out to endpoint sqs of net"),
        "local route of route table net/aws_route_table.Isolated",
        expect.stringContaining("ingress_rule.Endpoints lets tcp 443 in from function work of net"),
      ],
    });
  });

  it("does not reach it on another port", () => {
    expect(meets("sqs", 444).why).toEqual([
      "no rule of security group net/aws_security_group.Work lets tcp 444 out to endpoint sqs of net",
    ]);
  });

  it("does not reach it where the endpoint's security group lets only other addresses in", () => {
    const { reachable, why } = meets("sqs", 443, {
      aws_vpc_security_group_ingress_rule: { Endpoints: { cidr_ipv4: "10.0.99.0/24" } },
    });
    expect(reachable).toBe(false);
    expect(last(why)).toMatch(/^no rule of security group net\/aws_security_group.Endpoints lets tcp 443 in/);
  });

  it("reaches it in part where only one of its subnets is let in", () => {
    const half = { aws_vpc_security_group_ingress_rule: { Endpoints: { cidr_ipv4: "10.0.0.0/20" } } };
    expect(meets("sqs", 443, half)).toMatchObject({ reachable: true, whole: false });
  });

  it("reaches it in part where only some addresses of a subnet are let in", () => {
    const few = {
      aws_vpc_security_group_ingress_rule: { Endpoints: { cidr_ipv4: "10.0.0.0/24" } },
      aws_lambda_function: {
        Work: {
          vpc_config: {
            subnet_ids: ["${aws_subnet.A.id}"],
            security_group_ids: ["${aws_security_group.Work.id}"],
          },
        },
      },
    };
    expect(meets("sqs", 443, few)).toMatchObject({ reachable: true, whole: false });
  });

  it("does not reach the internet: no security group rule", () => {
    expect(meets("internet", 443).why).toEqual([
      "no rule of security group net/aws_security_group.Work lets tcp 443 out to the internet",
    ]);
  });

  it("does not reach the internet with an open security group: no route", () => {
    const { reachable, why } = meets("internet", 443, openEgress);
    expect(reachable).toBe(false);
    expect(last(why)).toBe("route table net/aws_route_table.Isolated has no route to the internet");
  });

  it("does not reach the internet through an internet gateway: it never has a public address", () => {
    const { reachable, why } = meets("internet", 443, openEgress, publicSubnet, {
      aws_subnet: { A: { map_public_ip_on_launch: true } },
      aws_route: {
        Out: {
          route_table_id: "${aws_route_table.Isolated.id}",
          destination_cidr_block: "0.0.0.0/0",
          gateway_id: "${aws_internet_gateway.Gateway.id}",
        },
      },
    });
    expect(reachable).toBe(false);
    expect(last(why)).toMatch(
      /aws_route.Out leads to the internet gateway, but function work of net has no public/,
    );
  });
});

describe("a private function behind a NAT gateway", () => {
  it("reaches the internet, and the way names the gateway", () => {
    const { reachable, whole, why } = meets("internet", 443, openEgress, publicSubnet, nat);
    expect({ reachable, whole }).toEqual({ reachable: true, whole: true });
    expect(why).toContain("route net/aws_route.Nat leads to NAT gateway net/aws_nat_gateway.Nat");
    expect(why).toContain("route net/aws_route_table.Public route[0] leads to the internet gateway");
  });

  it("does not reach it where the gateway's own subnet has no route out", () => {
    const { reachable, why } = meets("internet", 443, openEgress, publicSubnet, nat, {
      aws_route_table: { Public: { route: [] } },
    });
    expect(reachable).toBe(false);
    expect(last(why)).toBe("route table net/aws_route_table.Public has no route to the internet");
  });

  it("does not reach it through a gateway that is private", () => {
    const { reachable, why } = meets("internet", 443, openEgress, publicSubnet, nat, {
      aws_nat_gateway: { Nat: { connectivity_type: "private" } },
    });
    expect(reachable).toBe(false);
    expect(last(why)).toMatch(/has no public address$/);
  });

  it("needs the gateway's subnet to let the answer in, on ports of the gateway's own choice", () => {
    const acl = (first: number): Resources => ({
      aws_network_acl: {
        Public: {
          vpc_id: "${aws_vpc.Vpc.id}",
          subnet_ids: ["${aws_subnet.Public.id}"],
          ingress: [
            { ...ALL, protocol: "6", cidr_block: "10.0.0.0/16", from_port: 443, to_port: 443 },
            { ...ALL, rule_no: 110, protocol: "6", from_port: first, to_port: first + 99 },
          ],
          egress: [ALL],
        },
        // The function takes answers on other ports than the gateway.
        Acl: { ingress: [{ ...ALL, protocol: "tcp", from_port: 50_000, to_port: 60_000 }] },
      },
    });
    const open = [openEgress, publicSubnet, nat, openAcl];
    expect(meets("internet", 443, ...open, acl(2000)).reachable).toBe(true);
    expect(meets("internet", 443, ...open, acl(80)).reachable).toBe(false);
    expect(
      last(meets("internet", 443, ...open, acl(2000), { aws_network_acl: { Public: { ingress: [] } } }).why),
    ).toBe("network ACL net/aws_network_acl.Public has no rule that lets tcp 443 in");
  });
});

describe("network ACLs", () => {
  it("stop the answer: they keep no state", () => {
    const { reachable, why } = meets(
      "sqs",
      443,
      aclRules([{ ...ALL, protocol: "tcp", from_port: 443, to_port: 443 }], [ALL]),
    );
    // Endpoint and function share subnet A, where no network ACL stands between them.
    expect(reachable).toBe(true);
    expect(why.join()).not.toContain("network ACL");
    const { reachable: s3, why: stopped } = meets(
      "s3",
      443,
      aclRules([{ ...ALL, protocol: "tcp", from_port: 443, to_port: 443 }], [ALL]),
    );
    expect(s3).toBe(false);
    expect(last(stopped)).toMatch(/network ACL net\/aws_network_acl.Acl has no rule that lets the answer in/);
  });

  it("make it reachable in part where only some answers come back", () => {
    const some = aclRules([{ ...ALL, protocol: "tcp", from_port: 32_768, to_port: 65_535 }], [ALL]);
    expect(meets("s3", 443, some)).toMatchObject({ reachable: true, whole: false });
    const every = aclRules([{ ...ALL, protocol: "tcp", from_port: 1024, to_port: 65_535 }], [ALL]);
    expect(meets("s3", 443, every)).toMatchObject({ reachable: true, whole: true });
  });

  it("may keep the port of remote desktop out, and no port beside it", () => {
    const without = (first: number, last: number) =>
      aclRules(
        [
          { ...ALL, protocol: "tcp", from_port: 1024, to_port: first - 1 },
          { ...ALL, rule_no: 110, protocol: "tcp", from_port: last + 1, to_port: 65_535 },
        ],
        [ALL],
      );
    expect(meets("s3", 443, without(3389, 3389)).whole).toBe(true);
    expect(meets("s3", 443, without(3389, 3390)).whole).toBe(false);
    expect(meets("s3", 443, without(3388, 3389)).whole).toBe(false);
  });

  it.each([
    [90, false, "network ACL net/aws_network_acl.Acl rule 90 denies tcp 443 out"],
    [110, true, "network ACL net/aws_network_acl.Acl rule 100 lets the answer in (tcp 1024)"],
  ])("go by the lowest number: a denial with number %i", (number, reachable, word) => {
    const deny = { ...ALL, rule_no: number, action: "deny" };
    const result = meets("s3", 443, aclRules([ALL], [deny, ALL]));
    expect(result.reachable).toBe(reachable);
    expect(result.why).toContain(word);
  });

  it("may be written as rules and associations of their own", () => {
    const separate: Resources = {
      aws_network_acl: { Own: { vpc_id: "${aws_vpc.Vpc.id}" } },
      aws_network_acl_association: {
        A: { network_acl_id: "${aws_network_acl.Own.id}", subnet_id: "${aws_subnet.A.id}" },
        B: { network_acl_id: "${aws_network_acl.Own.id}", subnet_id: "${aws_subnet.B.id}" },
      },
      aws_network_acl_rule: {
        Out: {
          network_acl_id: "${aws_network_acl.Own.id}",
          egress: true,
          rule_number: 7,
          rule_action: "allow",
          protocol: "tcp",
          cidr_block: "0.0.0.0/0",
          from_port: 443,
          to_port: 443,
        },
      },
    };
    expect(last(meets("s3", 443, separate).why)).toBe(
      "network ACL net/aws_network_acl.Own has no rule that lets the answer in (tcp 1024)",
    );
  });

  it("are the locked default where a subnet has no other", () => {
    const locked = {
      aws_default_network_acl: {
        Default: { default_network_acl_id: "${aws_vpc.Vpc.default_network_acl_id}" },
      },
    };
    expect(last(meets("s3", 443, locked).why)).toBe(
      "network ACL net/aws_default_network_acl.Default has no rule that lets tcp 443 out",
    );
  });
});
