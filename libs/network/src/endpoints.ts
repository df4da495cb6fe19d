import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { endpointPolicy } from "./endpoint-policies";

export interface EndpointsProps {
  readonly vpcId: string;
  /** The VPC's block: who may call the interface endpoints. */
  readonly cidr: string;
  /** The route tables that lead to S3 and DynamoDB. */
  readonly routeTableIds: string[];
  /** The subnets that hold the interface endpoints. */
  readonly subnetIds: string[];
  /** Services with an interface endpoint, e.g. `["sqs"]`. */
  readonly services: readonly string[];
}

/**
 * The ways to AWS's services that need no internet: S3 and DynamoDB through gateway endpoints, which cost nothing, and
 * chosen services through interface endpoints. Their policies admit only the zone's own identities and resources: see
 * {@link endpointPolicy}.
 *
 * @see EC2.10, EC2.55, EC2.56, EC2.57, EC2.58, EC2.60 (services that a VPC must have an endpoint for)
 */
export class Endpoints extends Construct {
  /** The security group in front of the interface endpoints: it takes HTTPS from the VPC. */
  readonly securityGroupId: string;
  readonly s3PrefixListId: string;
  readonly dynamodbPrefixListId: string;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, region } = stack;
    const { services } = props;
    const place = { accountIds: zone.accounts.map((account) => account.id), region, services };
    const common = (service: string) => ({
      vpcId: props.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      policy: endpointPolicy(service, place),
      tags: { Name: `${zone.name}-${service}` },
    });

    const gateway = (service: string) =>
      new VpcEndpoint(this, `Gateway-${service}`, {
        ...common(service),
        vpcEndpointType: "Gateway",
        routeTableIds: props.routeTableIds,
      });
    this.s3PrefixListId = gateway("s3").prefixListId;
    this.dynamodbPrefixListId = gateway("dynamodb").prefixListId;

    const group = new SecurityGroup(this, "SecurityGroup", {
      name: stack.resourceName("securityGroup", "endpoints"),
      description: "Takes HTTPS from the VPC to the interface endpoints",
      vpcId: props.vpcId,
      tags: { Name: `${zone.name}-endpoints` },
    });
    this.securityGroupId = group.id;
    new VpcSecurityGroupIngressRule(this, "Https", {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      cidrIpv4: props.cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    for (const service of services) {
      new VpcEndpoint(this, `Interface-${service}`, {
        ...common(service),
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: props.subnetIds,
        securityGroupIds: [group.id],
      });
    }
  }
}
