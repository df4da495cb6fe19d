import { type Attributes, statementsOf, synthStack } from "@landfall/testing";
import { Vpc, type VpcProps } from "./vpc";
import { WorkloadSecurityGroup } from "./workload-security-group";

const props: VpcProps = {
  cidr: "10.0.0.0/16",
  availabilityZones: ["a", "b"],
  flowLogBucketArn: "arn:aws:s3:::archive",
};
const network = (change: Partial<VpcProps> = {}) =>
  synthStack((stack) => new Vpc(stack, "Vpc", { ...props, ...change }));

describe("Vpc", () => {
  it("places one isolated subnet in each availability zone", () => {
    expect(network({ availabilityZones: ["a", "b", "c"] }).resources("aws_subnet")).toMatchObject([
      { availability_zone: "eu-west-1a", cidr_block: "10.0.0.0/20", map_public_ip_on_launch: false },
      { availability_zone: "eu-west-1b", cidr_block: "10.0.16.0/20", map_public_ip_on_launch: false },
      { availability_zone: "eu-west-1c", cidr_block: "10.0.32.0/20", map_public_ip_on_launch: false },
    ]);
  });

  it("has no way to the internet", () => {
    const { resource = {} } = network().json;
    expect(Object.keys(resource).filter((type) => /gateway|^aws_route$|eip/.test(type))).toEqual([]);
    expect(network().resource("aws_route_table").route).toBeUndefined();
  });

  it("lets nothing through its default security group", () => {
    expect(network().resource("aws_default_security_group")).toMatchObject({ ingress: [], egress: [] });
  });

  it("logs all traffic to the given bucket", () => {
    expect(network().resource("aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      log_destination_type: "s3",
      log_destination: "arn:aws:s3:::archive",
    });
  });

  it("reaches S3 and DynamoDB through gateway endpoints, and other services only when asked", () => {
    const services = (change: Partial<VpcProps> = {}) =>
      network(change)
        .resources("aws_vpc_endpoint")
        .map(({ service_name, vpc_endpoint_type }) => `${String(service_name)} ${String(vpc_endpoint_type)}`)
        .sort();
    const gateways = ["com.amazonaws.eu-west-1.dynamodb Gateway", "com.amazonaws.eu-west-1.s3 Gateway"];
    expect(services()).toEqual(gateways);
    expect(services({ interfaceEndpoints: ["sqs"] })).toEqual([
      ...gateways,
      "com.amazonaws.eu-west-1.sqs Interface",
    ]);
  });

  it("admits through every endpoint only the account's own identities and resources", () => {
    for (const { policy } of network({ interfaceEndpoints: ["sqs"] }).resources("aws_vpc_endpoint")) {
      expect(statementsOf(policy)).toMatchObject({
        OwnIdentitiesAndResources: {
          Condition: {
            StringEquals: { "aws:PrincipalAccount": "123456789012", "aws:ResourceAccount": "123456789012" },
          },
        },
      });
    }
  });

  it("reports every bad value at once", () => {
    expect(() => network({ cidr: "10.0.0.0/28", availabilityZones: ["a"] })).toThrow(
      /test-sample\/Vpc:\n {2}'cidr' must be .*\/16 to \/22, got: "10.0.0.0\/28"\n {2}'availabilityZones' must be 2 or 3/,
    );
  });
});

describe("WorkloadSecurityGroup", () => {
  const stack = synthStack(
    (stack) =>
      new WorkloadSecurityGroup(stack, "Access", {
        name: "work",
        vpcId: "vpc-1",
        endpointSecurityGroupId: "sg-endpoints",
        prefixListIds: { s3: "pl-s3" },
      }),
  );

  it("lets HTTPS out to the endpoints and nothing else", () => {
    const https = { from_port: 443, to_port: 443, ip_protocol: "tcp" };
    const rules: Attributes[] = stack.resources("aws_vpc_security_group_egress_rule");
    expect(rules).toHaveLength(2);
    expect(rules).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...https, prefix_list_id: "pl-s3" }),
        expect.objectContaining({ ...https, referenced_security_group_id: "sg-endpoints" }),
      ]),
    );
    expect(rules.map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual([undefined, undefined]);
  });

  it("lets nothing in", () => {
    expect(stack.resources("aws_vpc_security_group_ingress_rule")).toEqual([]);
  });
});
