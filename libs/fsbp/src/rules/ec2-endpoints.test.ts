import { describeRule } from "../testing/cases";
import { endpointRules } from "./ec2-endpoints";

const rule = (id: string) => {
  const found = endpointRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const vpc = (endpoints: Record<string, object>) => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" }, other: { cidr_block: "10.1.0.0/16" } },
  aws_vpc_endpoint: Object.fromEntries(
    Object.entries(endpoints).map(([name, config]) => [
      name,
      { vpc_id: "${aws_vpc.main.id}", vpc_endpoint_type: "Interface", ...config },
    ]),
  ),
});
const address = "aws_vpc.main";

describe.each([
  ["EC2.10", "ec2", "ec2-fips"],
  ["EC2.55", "ecr.api", "ecr-fips.api"],
  ["EC2.56", "ecr.dkr", "ecr-fips.dkr"],
  ["EC2.57", "ssm", "ssm-fips"],
  ["EC2.58", "ssm-contacts", "ssm-contacts-fips"],
  ["EC2.60", "ssm-incidents", "ssm-incidents-fips"],
])("%s: the endpoint for %s", (control, service, fips) => {
  const named = (name: string, more: object = {}) => vpc({ it: { service_name: name, ...more } });

  describeRule(rule(control), {
    compliant: [
      { of: "an endpoint", resource: named(`com.amazonaws.eu-west-1.${service}`), address },
      { of: "a FIPS endpoint", resource: named(`com.amazonaws.us-east-1.${fips}`), address },
      {
        of: "an endpoint whose region is looked up",
        resource: named(`com.amazonaws.\${data.aws_region.here.name}.${service}`),
        rest: { data: { aws_region: { here: {} } } },
        address,
      },
      {
        of: "an endpoint whose region is not known",
        resource: named(`com.amazonaws.\${var.region}.${service}`),
        address,
      },
      {
        of: "an endpoint whose service is looked up",
        resource: named("${data.aws_vpc_endpoint_service.it.service_name}"),
        rest: { data: { aws_vpc_endpoint_service: { it: { service } } } },
        address,
      },
    ],
    nonCompliant: [
      { of: "a VPC without endpoints", resource: { aws_vpc: { main: {} } }, path: "" },
      {
        of: "endpoints of other services",
        resource: vpc({
          a: { service_name: `com.amazonaws.eu-west-1.${service}x` },
          b: { service_name: `com.amazonaws.eu-west-1.x${service}` },
          c: { service_name: "com.amazonaws.eu-west-1.sts" },
          resource: { vpc_endpoint_type: "Resource", resource_configuration_arn: "arn:aws:vpc-lattice:x" },
          d: { service_name: "com.amazonaws.${var.region}.sts" },
        }),
        address,
        path: "",
      },
      {
        of: "an endpoint of another VPC",
        resource: named(`com.amazonaws.eu-west-1.${service}`),
        address: "aws_vpc.other",
        path: "",
      },
      {
        of: "a gateway",
        resource: named(`com.amazonaws.eu-west-1.${service}`, { vpc_endpoint_type: "Gateway" }),
        address,
        path: "aws_vpc_endpoint.it.vpc_endpoint_type",
      },
    ],
    unknown: [
      {
        of: "an endpoint of someone's service",
        resource: {
          ...named("${aws_vpc_endpoint_service.theirs.service_name}"),
          aws_vpc_endpoint_service: { theirs: {} },
        },
        address,
      },
      {
        of: "an endpoint of a service by a variable",
        resource: named("com.amazonaws.x.${var.service}"),
        address,
      },
      {
        of: "an endpoint of a VPC by a variable",
        resource: named(`com.amazonaws.eu-west-1.${service}`, { vpc_id: "${var.vpc}" }),
        address,
      },
      {
        of: "an endpoint that may not be there",
        resource: named(`com.amazonaws.eu-west-1.${service}`, { count: "${var.count}" }),
        address,
      },
    ],
  });
});
