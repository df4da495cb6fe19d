import { type SynthesizedZone, type TerraformJson } from "../terraform/zone";

type Arguments = Readonly<Record<string, unknown>>;

/** Resources by type and name, as in Terraform JSON. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** Puts resources beside others; arguments of the same resource are replaced one by one. */
export function merge(...all: readonly Resources[]): Resources {
  const merged: Record<string, Record<string, Arguments>> = {};
  for (const resources of all) {
    for (const [type, byName] of Object.entries(resources)) {
      const kept = (merged[type] ??= {});
      for (const [name, config] of Object.entries(byName)) kept[name] = { ...kept[name], ...config };
    }
  }
  return merged;
}

/** A stack in account 123456789012 and eu-west-1. @param more other sections, e.g. `data` */
export const stack = (resource: Resources, more: TerraformJson = {}): TerraformJson => ({
  provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] },
  resource,
  ...more,
});

/** A zone of one stack. */
export const zoneOf = (...resources: readonly Resources[]): SynthesizedZone => ({
  name: "demo",
  instances: { net: stack(merge(...resources)) },
});

const HTTPS = { from_port: 443, to_port: 443, ip_protocol: "tcp" };

/** The locked defaults of a VPC. */
export const lockedDefaults: Resources = {
  aws_default_security_group: { Default: { vpc_id: "${aws_vpc.Vpc.id}", ingress: [], egress: [] } },
  aws_default_network_acl: { Default: { default_network_acl_id: "${aws_vpc.Vpc.default_network_acl_id}" } },
  aws_default_route_table: { Main: { default_route_table_id: "${aws_vpc.Vpc.default_route_table_id}" } },
};

/** A network ACL of both isolated subnets that lets everything through. */
export const openAcl: Resources = {
  aws_network_acl: {
    Acl: {
      vpc_id: "${aws_vpc.Vpc.id}",
      subnet_ids: ["${aws_subnet.A.id}", "${aws_subnet.B.id}"],
      ingress: [{ rule_no: 100, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" }],
      egress: [{ rule_no: 100, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" }],
    },
  },
};

/** A function in two isolated subnets that reaches S3 by its gateway endpoint and SQS by its interface endpoint. */
export const isolated: Resources = {
  aws_vpc: { Vpc: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: {
    A: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.0.0/20" },
    B: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.16.0/20" },
  },
  aws_route_table: { Isolated: { vpc_id: "${aws_vpc.Vpc.id}" } },
  aws_route_table_association: {
    A: { subnet_id: "${aws_subnet.A.id}", route_table_id: "${aws_route_table.Isolated.id}" },
    B: { subnet_id: "${aws_subnet.B.id}", route_table_id: "${aws_route_table.Isolated.id}" },
  },
  aws_vpc_endpoint: {
    S3: {
      vpc_id: "${aws_vpc.Vpc.id}",
      vpc_endpoint_type: "Gateway",
      service_name: "com.amazonaws.eu-west-1.s3",
      route_table_ids: ["${aws_route_table.Isolated.id}"],
    },
    Sqs: {
      vpc_id: "${aws_vpc.Vpc.id}",
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.eu-west-1.sqs",
      subnet_ids: ["${aws_subnet.A.id}", "${aws_subnet.B.id}"],
      security_group_ids: ["${aws_security_group.Endpoints.id}"],
    },
  },
  aws_security_group: {
    Endpoints: { vpc_id: "${aws_vpc.Vpc.id}" },
    Work: { vpc_id: "${aws_vpc.Vpc.id}" },
  },
  aws_vpc_security_group_ingress_rule: {
    Endpoints: {
      ...HTTPS,
      security_group_id: "${aws_security_group.Endpoints.id}",
      cidr_ipv4: "10.0.0.0/16",
    },
  },
  aws_vpc_security_group_egress_rule: {
    S3: {
      ...HTTPS,
      security_group_id: "${aws_security_group.Work.id}",
      prefix_list_id: "${aws_vpc_endpoint.S3.prefix_list_id}",
    },
    Sqs: {
      ...HTTPS,
      security_group_id: "${aws_security_group.Work.id}",
      referenced_security_group_id: "${aws_security_group.Endpoints.id}",
    },
  },
  aws_lambda_function: {
    Work: {
      function_name: "work",
      vpc_config: {
        subnet_ids: ["${aws_subnet.A.id}", "${aws_subnet.B.id}"],
        security_group_ids: ["${aws_security_group.Work.id}"],
      },
    },
  },
  aws_ssm_parameter: {
    Isolated: {
      name: "/landfall/demo/network/isolatedSubnetIds",
      value: '${join(",", [aws_subnet.A.id, aws_subnet.B.id])}',
    },
  },
};

/** The function's network with every default locked. */
export const sound = merge(isolated, lockedDefaults, openAcl);

/** Lets the function's security group out to everywhere. */
export const openEgress: Resources = {
  aws_vpc_security_group_egress_rule: {
    Open: {
      security_group_id: "${aws_security_group.Work.id}",
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "-1",
    },
  },
};

/** Lets the function's security group out to everywhere, on HTTPS alone. */
export const openHttps = merge(openEgress, {
  aws_vpc_security_group_egress_rule: { Open: { ip_protocol: "tcp", from_port: 443, to_port: 443 } },
});

/** A public subnet with an internet gateway, beside the isolated ones. */
export const publicSubnet: Resources = {
  aws_internet_gateway: { Gateway: { vpc_id: "${aws_vpc.Vpc.id}" } },
  aws_subnet: { Public: { vpc_id: "${aws_vpc.Vpc.id}", cidr_block: "10.0.128.0/24" } },
  aws_route_table: {
    Public: {
      vpc_id: "${aws_vpc.Vpc.id}",
      route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.Gateway.id}" }],
    },
  },
  aws_route_table_association: {
    Public: { subnet_id: "${aws_subnet.Public.id}", route_table_id: "${aws_route_table.Public.id}" },
  },
};

/** A network ACL of the public subnet that lets everything through. */
export const publicAcl: Resources = {
  aws_network_acl: {
    Public: {
      vpc_id: "${aws_vpc.Vpc.id}",
      subnet_ids: ["${aws_subnet.Public.id}"],
      ingress: [{ rule_no: 100, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" }],
      egress: [{ rule_no: 100, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" }],
    },
  },
};

/** A NAT gateway in the public subnet, to which the isolated subnets' route table leads: they are private now. */
export const nat: Resources = {
  aws_nat_gateway: { Nat: { subnet_id: "${aws_subnet.Public.id}" } },
  aws_route: {
    Nat: {
      route_table_id: "${aws_route_table.Isolated.id}",
      destination_cidr_block: "0.0.0.0/0",
      nat_gateway_id: "${aws_nat_gateway.Nat.id}",
    },
  },
};

/** A load balancer in the public subnet that takes HTTPS from the internet and redirects HTTP to it. */
export const loadBalancer: Resources = {
  aws_lb: {
    Front: {
      name: "front",
      internal: false,
      subnets: ["${aws_subnet.Public.id}"],
      security_groups: ["${aws_security_group.Front.id}"],
    },
  },
  aws_lb_listener: {
    Https: { load_balancer_arn: "${aws_lb.Front.arn}", port: 443, protocol: "HTTPS" },
    Http: {
      load_balancer_arn: "${aws_lb.Front.arn}",
      port: 80,
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", status_code: "HTTP_301" } }],
    },
  },
  aws_security_group: {
    Front: {
      vpc_id: "${aws_vpc.Vpc.id}",
      ingress: [
        { from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] },
        { from_port: 80, to_port: 80, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] },
      ],
    },
  },
};
