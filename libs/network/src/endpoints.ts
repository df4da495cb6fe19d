import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { policyDocument } from "@landfall/identity";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

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
 * The ways out of an isolated network: S3 and DynamoDB through gateway endpoints, which cost nothing, and chosen
 * services through interface endpoints. Their policies admit only the account's own identities and resources, so that
 * data can't be carried to a stranger's bucket or queue.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
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
    const policy = policyDocument([
      {
        Sid: "OwnIdentitiesAndResources",
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: {
          StringEquals: { "aws:PrincipalAccount": zone.account, "aws:ResourceAccount": zone.account },
        },
      },
    ]);
    const tags = (service: string) => ({ Name: `${zone.name}-${service}` });

    const gateway = (service: string) =>
      new VpcEndpoint(this, `Gateway-${service}`, {
        vpcId: props.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: props.routeTableIds,
        policy,
        tags: tags(service),
      });
    this.s3PrefixListId = gateway("s3").prefixListId;
    this.dynamodbPrefixListId = gateway("dynamodb").prefixListId;

    const group = new SecurityGroup(this, "SecurityGroup", {
      name: stack.resourceName("securityGroup", "endpoints"),
      description: "Takes HTTPS from the VPC to the interface endpoints",
      vpcId: props.vpcId,
      tags: tags("endpoints"),
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
    for (const service of props.services) {
      new VpcEndpoint(this, `Interface-${service}`, {
        vpcId: props.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: props.subnetIds,
        securityGroupIds: [group.id],
        policy,
        tags: tags(service),
      });
    }
  }
}
