import { type Attributes, type SynthesizedStack, synthStack } from "@landfall/testing";
import {
  LoadBalancerSecurityGroup,
  type LoadBalancerSecurityGroupProps,
} from "./load-balancer-security-group";
import { WorkloadSecurityGroup, type WorkloadSecurityGroupProps } from "./workload-security-group";

const rulesOf = (stack: SynthesizedStack, direction: "ingress" | "egress"): Attributes[] =>
  stack.resources(`aws_vpc_security_group_${direction}_rule`);

describe("WorkloadSecurityGroup", () => {
  const workload = (change: Partial<WorkloadSecurityGroupProps> = {}) =>
    synthStack(
      (stack) =>
        new WorkloadSecurityGroup(stack, "Access", {
          name: "work",
          vpcId: "vpc-1",
          endpointSecurityGroupId: "sg-endpoints",
          prefixListIds: { s3: "pl-s3" },
          ...change,
        }),
    );
  const https = { from_port: 443, to_port: 443, ip_protocol: "tcp" };

  it("lets HTTPS out to the endpoints and nothing else", () => {
    const rules = rulesOf(workload(), "egress");
    expect(rules).toHaveLength(2);
    expect(rules).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...https, prefix_list_id: "pl-s3" }),
        expect.objectContaining({ ...https, referenced_security_group_id: "sg-endpoints" }),
      ]),
    );
    expect(rules.map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual([undefined, undefined]);
  });

  it("lets HTTPS out to the internet when asked", () => {
    const rules = rulesOf(workload({ internet: true }), "egress");
    expect(rules.filter(({ cidr_ipv4 }) => cidr_ipv4 !== undefined)).toMatchObject([
      { ...https, cidr_ipv4: "0.0.0.0/0" },
    ]);
  });

  it("lets nothing in", () => {
    expect(rulesOf(workload({ internet: true }), "ingress")).toEqual([]);
  });
});

describe("LoadBalancerSecurityGroup", () => {
  const balancer = (change: Partial<LoadBalancerSecurityGroupProps> = {}) =>
    synthStack(
      (stack) => new LoadBalancerSecurityGroup(stack, "Front", { name: "front", vpcId: "vpc-1", ...change }),
    );
  const anyone = (stack: SynthesizedStack) =>
    rulesOf(stack, "ingress").filter(({ cidr_ipv4 }) => cidr_ipv4 === "0.0.0.0/0");

  it("takes HTTPS from anyone, and sends nothing anywhere", () => {
    const stack = balancer();
    expect(rulesOf(stack, "ingress")).toMatchObject([
      { cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 },
    ]);
    expect(rulesOf(stack, "egress")).toEqual([]);
  });

  it("takes HTTP too when it is to redirect", () => {
    expect(
      anyone(balancer({ redirectHttp: true })).map(({ from_port, to_port }) => [from_port, to_port]),
    ).toEqual([
      [80, 80],
      [443, 443],
    ]);
  });

  it("opens both ends of the way to a target, on its port alone", () => {
    const stack = balancer({ targets: [{ name: "orders", securityGroupId: "sg-orders", port: 8443 }] });
    const port = { from_port: 8443, to_port: 8443, ip_protocol: "tcp" };
    const group = expect.stringMatching(/^\$\{aws_security_group\.Front/);
    expect(rulesOf(stack, "egress")).toMatchObject([
      { ...port, security_group_id: group, referenced_security_group_id: "sg-orders" },
    ]);
    expect(rulesOf(stack, "ingress")).toContainEqual(
      expect.objectContaining({
        ...port,
        security_group_id: "sg-orders",
        referenced_security_group_id: group,
      }),
    );
    expect(anyone(stack)).toHaveLength(1);
  });

  it.each([22, 80, 1023, 3389, 65_536, 443.5])(
    "refuses the target port %d, which the network does not pass",
    (port) => {
      expect(() => balancer({ targets: [{ name: "orders", securityGroupId: "sg-orders", port }] })).toThrow(
        /'targets\.orders\.port' must be/,
      );
    },
  );
});
