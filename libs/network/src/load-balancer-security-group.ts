import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** What a load balancer hands its requests to. */
export interface LoadBalancerTarget {
  /** Names the rules, e.g. `orders`. */
  readonly name: string;
  readonly securityGroupId: string;
  /** 443, or 1024 to 65535 without 3389: what the subnets' network ACLs let through. */
  readonly port: number;
}

export interface LoadBalancerSecurityGroupProps {
  /** Whose it is, e.g. `orders`. */
  readonly name: string;
  readonly vpcId: string;
  /** Whether port 80 is open too, for a listener that redirects to HTTPS (ELB.1). @default false */
  readonly redirectHttp?: boolean;
  /** Targets in the VPC; a function is none, it is not called through the VPC. @default none */
  readonly targets?: readonly LoadBalancerTarget[];
}

/**
 * Lets anyone reach an internet-facing load balancer over HTTPS, and the load balancer its targets; opens both ends.
 *
 * @see EC2.18, EC2.19 (open to anyone on the ports of HTTP alone)
 * @throws LandfallError when a target's port is none that the network lets through
 */
export class LoadBalancerSecurityGroup extends Construct {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerSecurityGroupProps) {
    super(scope, id);
    const { targets = [], redirectHttp = false } = props;
    validateProps(
      this,
      targets.flatMap(({ name, port }) => portConstraints(`targets.${name}.port`, port)),
    );
    const group = new SecurityGroup(this, "Resource", {
      name: ZoneStack.of(this).resourceName("securityGroup", props.name),
      description: "Takes HTTPS from the internet to the load balancer",
      vpcId: props.vpcId,
    });
    this.securityGroupId = group.id;

    const open = (ruleId: string, port: number, description: string) =>
      new VpcSecurityGroupIngressRule(this, ruleId, {
        securityGroupId: group.id,
        description,
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    open("Https", 443, "HTTPS from the internet");
    if (redirectHttp) open("Http", 80, "HTTP from the internet, to be redirected to HTTPS");

    for (const { name, securityGroupId, port } of targets) {
      const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
      new VpcSecurityGroupEgressRule(this, `To-${name}`, {
        ...tcp,
        securityGroupId: group.id,
        description: `Requests to ${name}`,
        referencedSecurityGroupId: securityGroupId,
      });
      new VpcSecurityGroupIngressRule(this, `Into-${name}`, {
        ...tcp,
        securityGroupId,
        description: `Requests of the load balancer ${props.name}`,
        referencedSecurityGroupId: group.id,
      });
    }
  }
}

const portConstraints = (prop: string, port: number) =>
  port === 443
    ? []
    : [
        wholeNumber(prop, port, 1024, 65_535),
        { prop, value: port, valid: port !== 3389, allowed: "another port than remote desktop's" },
      ];
