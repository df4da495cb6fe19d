import {
  merge,
  nat,
  openEgress,
  openHttps,
  publicAcl,
  publicSubnet,
  type Resources,
  sound,
  zoneOf,
} from "../testing/fixtures";
import { isolationViolations } from "./isolation";

const outRoute: Resources = {
  aws_internet_gateway: { Gateway: { vpc_id: "${aws_vpc.Vpc.id}" } },
  aws_route: {
    Transit: {
      route_table_id: "${aws_route_table.Isolated.id}",
      destination_cidr_block: "0.0.0.0/0",
      transit_gateway_id: "tgw-1",
    },
  },
};

/** A second function whose security group takes all from the first one's. */
const neighbour: Resources = {
  aws_security_group: {
    Neighbour: {
      vpc_id: "${aws_vpc.Vpc.id}",
      ingress: [
        { protocol: "-1", from_port: 0, to_port: 0, security_groups: ["${aws_security_group.Work.id}"] },
      ],
      egress: [
        {
          protocol: "tcp",
          from_port: 443,
          to_port: 443,
          security_groups: ["${aws_security_group.Endpoints.id}"],
        },
      ],
    },
  },
  aws_lambda_function: {
    Neighbour: {
      function_name: "neighbour",
      vpc_config: {
        subnet_ids: ["${aws_subnet.A.id}"],
        security_group_ids: ["${aws_security_group.Neighbour.id}"],
      },
    },
  },
};

const otherVpc: Resources = {
  aws_vpc: { Other: { cidr_block: "10.9.0.0/16" } },
  aws_subnet: { Other: { vpc_id: "${aws_vpc.Other.id}", cidr_block: "10.9.0.0/20" } },
  aws_ssm_parameter: {
    Other: { name: "/landfall/demo/other/isolatedSubnetIds", value: '${join(",", [aws_subnet.Other.id])}' },
  },
  aws_vpc_peering_connection: {
    Peer: { vpc_id: "${aws_vpc.Vpc.id}", peer_vpc_id: "${aws_vpc.Other.id}" },
  },
  aws_route: {
    Peer: {
      route_table_id: "${aws_route_table.Isolated.id}",
      destination_cidr_block: "10.9.0.0/16",
      vpc_peering_connection_id: "${aws_vpc_peering_connection.Peer.id}",
    },
  },
};

/** An endpoint of the other VPC, which takes all from this one. */
const otherEndpoint = merge(otherVpc, {
  aws_security_group: {
    Other: {
      vpc_id: "${aws_vpc.Other.id}",
      ingress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["10.0.0.0/16"] }],
    },
  },
  aws_vpc_endpoint: {
    Other: {
      vpc_id: "${aws_vpc.Other.id}",
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.eu-west-1.kms",
      subnet_ids: ["${aws_subnet.Other.id}"],
      security_group_ids: ["${aws_security_group.Other.id}"],
    },
  },
});

const routeBack: Resources = {
  aws_route_table: {
    Other: {
      vpc_id: "${aws_vpc.Other.id}",
      route: [
        {
          cidr_block: "10.0.0.0/16",
          vpc_peering_connection_id: "${aws_vpc_peering_connection.Peer.id}",
        },
      ],
    },
  },
  aws_route_table_association: {
    Other: { subnet_id: "${aws_subnet.Other.id}", route_table_id: "${aws_route_table.Other.id}" },
  },
};

describe("isolationViolations", () => {
  it("has nothing to say of functions that reach their endpoints alone", () => {
    expect(isolationViolations(zoneOf(sound))).toEqual([]);
    expect(isolationViolations({ name: "demo", instances: {} })).toEqual([]);
  });

  it.each<[string, Resources[], RegExp]>([
    [
      "the internet by NAT",
      [openEgress, publicSubnet, publicAcl, nat],
      /Work reaches the internet on tcp 0-65535: /,
    ],
    [
      "the internet by UDP",
      [openEgress, publicSubnet, publicAcl, nat],
      /Work reaches the internet on udp 0-65535: /,
    ],
    ["other networks", [openEgress, outRoute], /Work reaches private networks outside of the zone on tcp/],
    ["another function", [openEgress, neighbour], /Work reaches function neighbour of net on tcp 0-65535/],
    ["another VPC", [openEgress, otherVpc], /Work reaches addresses of net\/aws_vpc.Other on tcp/],
    [
      "an endpoint on more than 443",
      [
        openEgress,
        {
          aws_vpc_security_group_ingress_rule: { Endpoints: { from_port: 443, to_port: 444 } },
        },
      ],
      /Work reaches endpoint sqs of net on tcp 443-444/,
    ],
    [
      "an endpoint on less than 443",
      [
        { aws_vpc_security_group_egress_rule: { Sqs: { from_port: 442 } } },
        { aws_vpc_security_group_ingress_rule: { Endpoints: { from_port: 442 } } },
      ],
      /Work reaches endpoint sqs of net on tcp 442-443/,
    ],
    [
      "another VPC's endpoint on 443",
      [openHttps, otherEndpoint, routeBack],
      /Work reaches endpoint kms of net on tcp 443/,
    ],
  ])("tells of a function that reaches %s", (_, change, message) => {
    expect(isolationViolations(zoneOf(sound, ...change))).toContainEqual(expect.stringMatching(message));
  });

  it("does not take a VPC's endpoint for reached that has no route back", () => {
    const found = isolationViolations(zoneOf(sound, openHttps, otherEndpoint));
    expect(found).not.toContainEqual(expect.stringMatching(/reaches endpoint kms/));
  });

  it("tells of a function that does not get to what it asks for", () => {
    const mute = { aws_vpc_endpoint: { S3: { route_table_ids: [] } } };
    expect(isolationViolations(zoneOf(sound, mute))).toEqual([
      expect.stringMatching(/Work does not reach gateway endpoint s3 of net, which it asks for: route table/),
    ]);
  });

  it("tells of a function that gets there from one of its subnets only", () => {
    const half = { aws_vpc_security_group_ingress_rule: { Endpoints: { cidr_ipv4: "10.0.0.0/20" } } };
    expect(isolationViolations(zoneOf(sound, half))).toEqual([
      expect.stringMatching(/Work reaches endpoint sqs of net not from each of its subnets/),
    ]);
  });

  it("tells of a function that reaches no endpoint at all", () => {
    const deaf = { aws_lambda_function: { Work: { vpc_config: { subnet_ids: ["${aws_subnet.A.id}"] } } } };
    expect(isolationViolations(zoneOf(sound, deaf))).toEqual([
      "net/aws_lambda_function.Work reaches none of the 2 endpoints of its VPC on tcp 443",
    ]);
  });

  it("proves nothing of a VPC whose isolated subnets no contract names", () => {
    const renamed = { aws_ssm_parameter: { Isolated: { name: "/landfall/demo/network/subnetIds" } } };
    expect(isolationViolations(zoneOf(sound, renamed))).toEqual([
      "net/aws_vpc.Vpc has no subnet that a contract promises as isolated: nothing is proven of it",
    ]);
  });
});
