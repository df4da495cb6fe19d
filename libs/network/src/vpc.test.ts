import { type Attributes, type SynthesizedStack, synthStack, testZone } from "@landfall/testing";
import { Vpc, type VpcProps } from "./vpc";

const encryptionKey = { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/data" };
const firewall = { allowedDomains: [".example.com"], encryptionKey };
const props: VpcProps = {
  cidr: "10.0.0.0/16",
  availabilityZones: ["a", "b"],
  archiveBucketArn: "arn:aws:s3:::archive",
};

interface Network {
  readonly stack: SynthesizedStack;
  readonly vpc: Vpc;
}

const network = (change: Partial<VpcProps> = {}): Network => {
  let vpc: Vpc | undefined;
  const stack = synthStack((scope) => (vpc = new Vpc(scope, "Vpc", { ...props, ...change })));
  if (!vpc) throw new Error("no VPC was made");
  return { stack, vpc };
};

/** The construct that made a resource, e.g. `Private/Subnet-a`: addresses hold its hash. */
const pathOf = (attributes: Attributes): string =>
  String((attributes["//"] as { metadata: { path: string } }).metadata.path).replace(/^.*?\/Vpc\//, "");

/** What a reference leads to, by the construct's path. */
const named = (stack: SynthesizedStack, reference: unknown): string => {
  const [, type = "", address = ""] = /(aws_\w+)\.([\w-]+)/.exec(String(reference)) ?? [];
  const found = stack.json.resource?.[type]?.[address];
  if (!found) throw new Error(`nothing at ${String(reference)}`);
  return pathOf(found);
};

/** Every route as `from destination → target`. */
const routesOf = (stack: SynthesizedStack): string[] =>
  stack
    .resources("aws_route")
    .map((route) => {
      const target = route.gateway_id ?? route.nat_gateway_id ?? route.vpc_endpoint_id;
      const zone = /availability_zone == "eu-west-1(\w)"/.exec(String(target))?.[1];
      const to = named(stack, target) + (zone ? ` ${zone}` : "");
      return `${named(stack, route.route_table_id)} ${String(route.destination_cidr_block)} → ${to}`;
    })
    .sort();

const blocksOf = (stack: SynthesizedStack): Record<string, unknown> =>
  Object.fromEntries(stack.resources("aws_subnet").map((subnet) => [pathOf(subnet), subnet.cidr_block]));

const EGRESS = { none: "none", nat: "nat", firewall } as const;
const OPTIONS = (["none", "nat", "firewall"] as const).flatMap((egress) =>
  [false, true].flatMap((publicSubnets) =>
    [
      ["a", "b"],
      ["a", "b", "c"],
    ].map((availabilityZones) => ({ egress, publicSubnets, availabilityZones })),
  ),
);

describe("Vpc, by default", () => {
  const { stack, vpc } = network();

  it("places one isolated subnet in each availability zone, and no other", () => {
    expect(stack.resources("aws_subnet")).toMatchObject([
      { availability_zone: "eu-west-1a", cidr_block: "10.0.0.0/20", map_public_ip_on_launch: false },
      { availability_zone: "eu-west-1b", cidr_block: "10.0.16.0/20", map_public_ip_on_launch: false },
    ]);
    expect([vpc.isolatedSubnetIds.length, vpc.privateSubnetIds, vpc.publicSubnetIds]).toEqual([2, [], []]);
  });

  it("has no way to the internet", () => {
    const { resource = {} } = stack.json;
    expect(Object.keys(resource).filter((type) => /gateway|^aws_route$|eip|firewall/.test(type))).toEqual([]);
    expect(stack.resources("aws_route_table").map(({ route }) => route)).toEqual([undefined, undefined]);
  });

  it("empties what a VPC is born with", () => {
    expect(stack.resource("aws_default_security_group")).toMatchObject({ ingress: [], egress: [] });
    expect(stack.resource("aws_default_route_table")).toMatchObject({ route: [] });
    const acl = stack.resource("aws_default_network_acl");
    expect([acl.ingress, acl.egress, acl.subnet_ids]).toEqual([undefined, undefined, undefined]);
  });

  it("logs all traffic to the given bucket", () => {
    expect(stack.resource("aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      log_destination_type: "s3",
      log_destination: "arn:aws:s3:::archive",
    });
  });
});

describe.each(OPTIONS)(
  "Vpc with $egress egress, public subnets: $publicSubnets, in $availabilityZones",
  (option) => {
    const { egress, publicSubnets, availabilityZones } = option;
    const { stack, vpc } = network({ ...option, egress: EGRESS[egress] });
    const tiers = {
      Isolated: true,
      Private: egress !== "none",
      Public: publicSubnets || egress !== "none",
      Firewall: egress === "firewall",
    };
    const present = Object.entries(tiers).flatMap(([tier, there]) => (there ? [tier] : []));

    it("has the tiers that it needs, in every availability zone, without public addresses", () => {
      const expected = present.flatMap((tier) =>
        availabilityZones.map((letter) => `${tier}/Subnet-${letter}`),
      );
      expect(Object.keys(blocksOf(stack)).sort()).toEqual(expected.sort());
      for (const subnet of stack.resources("aws_subnet")) expect(subnet.map_public_ip_on_launch).toBe(false);
    });

    it("gives each subnet the block that it has with every other option", () => {
      const most = blocksOf(
        network({ availabilityZones: ["a", "b", "c"], publicSubnets: true, egress: firewall }).stack,
      );
      for (const [subnet, block] of Object.entries(blocksOf(stack)))
        expect([subnet, block]).toEqual([subnet, most[subnet]]);
    });

    it("puts every tier behind its own network ACL, and leaves none unused", () => {
      const served = stack
        .resources("aws_network_acl")
        .map((acl) => [pathOf(acl), (acl.subnet_ids as string[]).map((id) => named(stack, id))]);
      expect(Object.fromEntries(served)).toEqual(
        Object.fromEntries(
          present.map((tier) => [
            `${tier}/Acl`,
            availabilityZones.map((letter) => `${tier}/Subnet-${letter}`),
          ]),
        ),
      );
    });

    it("opens neither SSH nor remote desktop to anyone in a network ACL", () => {
      for (const acl of stack.resources("aws_network_acl")) {
        for (const rule of acl.ingress as {
          cidr_block: string;
          protocol: string;
          from_port: number;
          to_port: number;
        }[]) {
          if (rule.cidr_block !== "0.0.0.0/0" || rule.protocol !== "tcp") continue;
          for (const port of [22, 3389]) expect(rule.from_port <= port && port <= rule.to_port).toBe(false);
        }
      }
    });

    it("routes every tier as far as it may, within its availability zone", () => {
      const per = (route: (letter: string, index: number) => string[]) => availabilityZones.flatMap(route);
      const out = "0.0.0.0/0";
      const expected = [
        ...(tiers.Public ? per((z) => [`Public/Routes-${z} ${out} → InternetGateway`]) : []),
        ...(egress === "nat" ? per((z) => [`Private/Routes-${z} ${out} → Nat/Gateway-${z}`]) : []),
        ...(egress === "firewall"
          ? per((z, index) => [
              `Private/Routes-${z} ${out} → EgressFirewall/Resource ${z}`,
              `Private/Routes-${z} 10.0.${128 + index * 16}.0/20 → EgressFirewall/Resource ${z}`,
              `Public/Routes-${z} 10.0.${64 + index * 16}.0/20 → EgressFirewall/Resource ${z}`,
              `Firewall/Routes-${z} ${out} → Nat/Gateway-${z}`,
            ])
          : []),
      ];
      expect(routesOf(stack)).toEqual(expected.sort());
    });

    it("lets the internet in only where load balancers are asked for", () => {
      const exclusions = stack.resources("aws_vpc_block_public_access_exclusion");
      expect(exclusions.map(({ subnet_id }) => named(stack, subnet_id))).toEqual(
        publicSubnets ? availabilityZones.map((letter) => `Public/Subnet-${letter}`) : [],
      );
      for (const exclusion of exclusions)
        expect(exclusion.internet_gateway_exclusion_mode).toBe("allow-bidirectional");
      expect(vpc.publicSubnetIds).toHaveLength(publicSubnets ? availabilityZones.length : 0);
    });

    it("leads isolated and private subnets to S3 and DynamoDB without the internet", () => {
      const gateways = stack
        .resources("aws_vpc_endpoint")
        .filter(({ vpc_endpoint_type }) => vpc_endpoint_type === "Gateway")
        .map(({ route_table_ids }) => (route_table_ids as string[]).map((id) => named(stack, id)));
      const tables = ["Isolated", "Private"]
        .filter((tier) => present.includes(tier))
        .flatMap((tier) => availabilityZones.map((letter) => `${tier}/Routes-${letter}`));
      expect(gateways).toEqual([tables, tables]);
    });

    it("has a NAT gateway with its own address in each availability zone, once the internet is connected", () => {
      const gateways = stack.resources("aws_nat_gateway");
      expect(gateways.map(({ subnet_id }) => named(stack, subnet_id))).toEqual(
        egress === "none" ? [] : availabilityZones.map((letter) => `Public/Subnet-${letter}`),
      );
      expect(new Set(gateways.map(({ allocation_id }) => allocation_id)).size).toBe(gateways.length);
      for (const { depends_on } of gateways) {
        expect((depends_on as string[]).map((gateway) => named(stack, gateway))).toEqual(["InternetGateway"]);
      }
    });
  },
);

describe("Vpc's props", () => {
  it.each([
    [{ cidr: "10.0.0.0/23" }, /'cidr' must be an IPv4 block from \/16 to \/22.*got: "10.0.0.0\/23"/],
    [{ cidr: "10.0.0.1/16" }, /'cidr' must be/],
    [{ availabilityZones: ["a"] }, /'availabilityZones' must be 2 or 3 different letters/],
    [{ availabilityZones: ["a", "b", "c", "d"] }, /'availabilityZones' must be/],
    [{ availabilityZones: ["a", "a"] }, /'availabilityZones' must be/],
    [{ availabilityZones: ["a", "eu-west-1b"] }, /'availabilityZones' must be/],
  ])("are refused: %j", (change, message) => {
    expect(() => network(change)).toThrow(message);
  });

  it("are reported all at once", () => {
    expect(() => network({ cidr: "10.0.0.0/28", availabilityZones: ["a"] })).toThrow(
      /test-sample\/Vpc:\n {2}'cidr' must be .*\n {2}'availabilityZones' must be 2 or 3/,
    );
  });

  it("may hold the archive's ARN as a token", () => {
    const stack = synthStack(
      (scope) =>
        new Vpc(scope, "Vpc", {
          ...props,
          egress: firewall,
          archiveBucketArn: "${data.aws_ssm_parameter.archive.insecure_value}",
        }),
      { zone: testZone() },
    );
    expect(JSON.stringify(stack.resource("aws_networkfirewall_logging_configuration"))).toContain(
      "${trimprefix(",
    );
  });
});
