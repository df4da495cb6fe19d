import { organizationZone, statementsOf, synthStack, testZone } from "@landfall/testing";
import { Endpoints } from "./endpoints";

const endpoints = (services: string[], zone = testZone()) =>
  synthStack(
    (stack) =>
      new Endpoints(stack, "Endpoints", {
        vpcId: "vpc-1",
        cidr: "10.0.0.0/16",
        routeTableIds: ["rtb-1"],
        subnetIds: ["subnet-a", "subnet-b"],
        services,
      }),
    { zone },
  );

const policyOf = (services: string[], service: string) => {
  const found = endpoints(services)
    .resources("aws_vpc_endpoint")
    .find(({ service_name }) => service_name === `com.amazonaws.eu-west-1.${service}`);
  return statementsOf(found?.policy);
};

describe("Endpoints", () => {
  it("reach S3 and DynamoDB through gateways, and other services only when asked", () => {
    const names = (services: string[]) =>
      endpoints(services)
        .resources("aws_vpc_endpoint")
        .map(({ service_name, vpc_endpoint_type }) => `${String(service_name)} ${String(vpc_endpoint_type)}`)
        .sort();
    const gateways = ["com.amazonaws.eu-west-1.dynamodb Gateway", "com.amazonaws.eu-west-1.s3 Gateway"];
    expect(names([])).toEqual(gateways);
    expect(names(["sqs"])).toEqual([...gateways, "com.amazonaws.eu-west-1.sqs Interface"]);
  });

  it("stand in for the service's public name, in every subnet given, behind their own security group", () => {
    const found = endpoints(["sqs"])
      .resources("aws_vpc_endpoint")
      .find(({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface");
    expect(found).toMatchObject({ private_dns_enabled: true, subnet_ids: ["subnet-a", "subnet-b"] });
    expect(found?.security_group_ids).toEqual([expect.stringContaining("aws_security_group.Endpoints_")]);
  });

  it("take HTTPS from the VPC alone", () => {
    const stack = endpoints(["sqs"]);
    expect(stack.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
      cidr_ipv4: "10.0.0.0/16",
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
    });
    expect(stack.resources("aws_vpc_security_group_egress_rule")).toEqual([]);
  });

  it.each([
    ["one account", testZone(), ["123456789012"]],
    [
      "an organization",
      organizationZone(),
      ["111111111111", "222222222222", "333333333333", "444444444444", "555555555555"],
    ],
  ])("admit only identities and resources of %s", (_, zone, accounts) => {
    const policies = endpoints(["sqs", "sts"], zone).resources("aws_vpc_endpoint");
    expect(policies).toHaveLength(4);
    for (const { policy } of policies) {
      expect(statementsOf(policy)).toEqual({
        OwnIdentitiesAndResources: expect.objectContaining({
          Effect: "Allow",
          Condition: { StringEquals: { "aws:PrincipalAccount": accounts, "aws:ResourceAccount": accounts } },
        }),
      });
    }
  });

  it("let image layers be read from ECR's own bucket, where the VPC has its endpoint", () => {
    expect(policyOf(["ecr.dkr"], "s3").EcrImageLayers).toMatchObject({
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
    });
    expect(policyOf(["ecr.dkr"], "dynamodb").EcrImageLayers).toBeUndefined();
    expect(policyOf(["ecr.api"], "s3").EcrImageLayers).toBeUndefined();
  });
});
