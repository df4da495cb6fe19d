import { Reachability } from "../reachability";
import { isolated, merge, publicSubnet, type Resources, stack, zoneOf } from "../testing/fixtures";
import { type SynthesizedZone } from "../terraform/zone";
import { readNetwork } from "./read-network";

const reading =
  (...resources: Resources[]) =>
  () =>
    readNetwork(zoneOf(isolated, ...resources));

/** The isolated network in one stack and its function in another, joined by contracts. */
function twoStacks(change: Resources = {}): SynthesizedZone {
  const { aws_lambda_function: functions = {}, ...rest } = isolated;
  const parameter = (name: string, value: string) => ({ name: `/landfall/demo/network/${name}`, value });
  const network = merge(
    rest,
    { aws_ssm_parameter: { Group: parameter("groupId", "${aws_security_group.Work.id}") } },
    change,
  );
  const work = {
    ...functions["Work"],
    vpc_config: {
      subnet_ids: '${split(",", data.aws_ssm_parameter.Subnets.insecure_value)}',
      security_group_ids: ["${data.aws_ssm_parameter.Group.insecure_value}"],
    },
  };
  const data = {
    aws_ssm_parameter: {
      Subnets: { name: "/landfall/demo/network/isolatedSubnetIds" },
      Group: { name: "/landfall/demo/network/groupId" },
    },
  };
  return {
    name: "demo",
    instances: {
      net: stack(network),
      app: stack({ aws_lambda_function: { Work: work } }, { data }),
    },
  };
}

describe("readNetwork", () => {
  it("joins stacks by their contracts", () => {
    const reachability = new Reachability(twoStacks());
    const own = reachability.find("app/aws_lambda_function.Work");
    expect(own.subnets.map(({ label }) => label)).toEqual(["net/aws_subnet.A", "net/aws_subnet.B"]);
    expect(reachability.reaches(own, reachability.find("aws_vpc_endpoint.Sqs"), 443)).toMatchObject({
      reachable: true,
      whole: true,
    });
  });

  it("names the contract value that nobody publishes", () => {
    const renamed = twoStacks({ aws_ssm_parameter: { Group: { name: "/landfall/demo/network/other" } } });
    expect(() => readNetwork(renamed)).toThrow(
      /'app\/aws_lambda_function.Work.vpc_config.security_group_ids' must be a reference to aws_security_group.*no stack publishes '\/landfall\/demo\/network\/groupId' in account 123456789012, eu-west-1/,
    );
  });

  it.each<[string, Resources, RegExp]>([
    [
      "a subnet that no stack has",
      {
        aws_route_table_association: {
          A: { subnet_id: "${aws_subnet.Missing.id}", route_table_id: "${aws_route_table.Isolated.id}" },
        },
      },
      /net\/aws_route_table_association.A.subnet_id' must be .* \(net has no aws_subnet.Missing\)/,
    ],
    [
      "an id that is written out",
      { aws_security_group: { Work: { vpc_id: "vpc-1" } } },
      /net\/aws_security_group.Work.vpc_id' must be a reference to aws_vpc of the zone, got: "vpc-1"/,
    ],
    [
      "a reference to another kind of thing",
      { aws_vpc_security_group_egress_rule: { S3: { prefix_list_id: "${aws_vpc_endpoint.S3.id}" } } },
      /egress_rule.S3.prefix_list_id' must be .*it is net\/aws_vpc_endpoint.S3.id/,
    ],
    [
      "the block of an address pool",
      { aws_vpc: { Vpc: { cidr_block: null, ipv4_ipam_pool_id: "ipam-1" } } },
      /aws_vpc.Vpc.cidr_block' must be given/,
    ],
    [
      "a rule that a variable decides",
      { aws_vpc_security_group_egress_rule: { S3: { from_port: "${var.port}" } } },
      /egress_rule.S3.from_port' must be a number/,
    ],
    [
      "a function of Terraform that is not known",
      { aws_subnet: { A: { cidr_block: "${file(aws_vpc.Vpc.cidr_block)}" } } },
      /aws_subnet.A.cidr_block' must be .*file\(\)/,
    ],
    [
      "copies of a resource whose number is not known",
      { aws_subnet: { A: { count: "${var.zones}" } } },
      /aws_subnet.A\[\?\].count' must be known/,
    ],
    [
      "a route without a target",
      {
        aws_route: {
          Out: { route_table_id: "${aws_route_table.Isolated.id}", destination_cidr_block: "0.0.0.0/0" },
        },
      },
      /aws_route.Out.gateway_id' must be given, or another target/,
    ],
    [
      "two route tables for one subnet",
      {
        aws_route_table: { Other: { vpc_id: "${aws_vpc.Vpc.id}" } },
        aws_route_table_association: {
          Twice: { subnet_id: "${aws_subnet.A.id}", route_table_id: "${aws_route_table.Other.id}" },
        },
      },
      /aws_route_table_association.Twice.subnet_id' must be left to route table net\/aws_route_table.Isolated/,
    ],
    [
      "what has network interfaces and is not modelled",
      { aws_db_instance: { Database: {} } },
      /net\/aws_db_instance.Database' must be a resource whose network interfaces are modelled/,
    ],
  ])("refuses %s, and names it", (_, change, message) => {
    expect(reading(change)).toThrow(message);
  });

  it("tells all that it can't resolve at once", () => {
    expect(
      reading({ aws_security_group: { Work: { vpc_id: "vpc-1" } }, aws_subnet: { B: { vpc_id: "vpc-2" } } }),
    ).toThrow(/vpc-2[\s\S]*vpc-1/);
  });

  it("takes the main route table for a subnet without one, with what separate routes add to it", () => {
    const { subnets } = readNetwork(
      zoneOf(isolated, publicSubnet, {
        aws_subnet: { Bare: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.200.0/24" } },
        aws_route: {
          Main: {
            route_table_id: "${aws_vpc.Vpc.main_route_table_id}",
            destination_cidr_block: "0.0.0.0/0",
            gateway_id: "${aws_internet_gateway.Gateway.id}",
          },
        },
      }),
    );
    const bare = subnets.find(({ label }) => label === "net/aws_subnet.Bare");
    expect(bare?.table.label).toBe("main route table of net/aws_vpc.Vpc");
    expect(bare?.table.routes.map(({ label }) => label)).toContain("route net/aws_route.Main");
  });

  it("takes the VPC's default security group for what names none", () => {
    const { interfaces } = readNetwork(
      zoneOf(isolated, { aws_vpc_endpoint: { Sqs: { security_group_ids: [] } } }),
    );
    const sqs = interfaces.find(({ kind }) => kind === "endpoint");
    expect(sqs?.groups).toMatchObject([{ label: "default security group of net/aws_vpc.Vpc" }]);
  });

  it("reads the rules of a security group however they are written", () => {
    const { groups } = readNetwork(
      zoneOf(isolated, {
        aws_security_group: {
          Work: {
            egress: { from_port: 53, to_port: 53, protocol: "udp", cidr_blocks: ["10.0.0.0/16"] },
            ingress: [{ from_port: 0, to_port: 0, protocol: "-1", self: true }],
          },
        },
        aws_security_group_rule: {
          Old: {
            type: "ingress",
            security_group_id: "${aws_security_group.Work.id}",
            source_security_group_id: "${aws_security_group.Endpoints.id}",
            protocol: "tcp",
            from_port: 1,
            to_port: 2,
          },
        },
      }),
    );
    const work = groups.find(({ resource }) => resource?.name === "Work");
    expect(
      work?.rules.map(({ direction, traffic, peer }) => [
        direction,
        traffic.protocol,
        traffic.ports.last,
        peer.kind,
      ]),
    ).toEqual([
      ["in", "all", 65_535, "group"],
      ["out", "udp", 53, "addresses"],
      ["in", "tcp", 2, "group"],
      ["out", "tcp", 443, "service"],
      ["out", "tcp", 443, "group"],
    ]);
  });
});
