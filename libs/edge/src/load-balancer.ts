import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { LoadBalancerSecurityGroup } from "@landfall/network";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";

/** A function that answers requests, e.g. a `LambdaFunction`. */
export interface IRequestFunction {
  readonly functionArn: string;
  /** Lets load balancers invoke it for a target group; what it returns has to be there first. */
  invokedByLoadBalancer(targetGroupArn: string): ITerraformDependable;
}

/** The security policies that Security Hub takes for strong. @see ELB.17 */
export const TLS_POLICIES = [
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
] as const;

export type TlsPolicy = (typeof TLS_POLICIES)[number];

export interface LoadBalancerProps {
  /** What it fronts, e.g. `orders`. */
  readonly name: string;
  readonly vpcId: string;
  /** Public subnets of at least two availability zones. */
  readonly subnetIds: string[];
  /** The certificate of this region for the names that point here. */
  readonly certificateArn: string;
  /** The bucket that takes access logs of load balancers, in this region. */
  readonly accessLogBucketName: string;
  /** Answers every request. */
  readonly target: IRequestFunction;
  /** @default "ELBSecurityPolicy-TLS13-1-2-Res-2021-06": TLS 1.3, and 1.2 with forward secrecy and AEAD ciphers */
  readonly tlsPolicy?: TlsPolicy;
  /** Seconds after which a connection without traffic is closed, 1 to 4000. @default 60 */
  readonly idleTimeoutSeconds?: number;
  /**
   * Whether port 80 is open too, to redirect browsers to HTTPS. ELB.18 wants no such listener: it needs an exception.
   * @default false: nothing listens but HTTPS
   */
  readonly redirectHttp?: boolean;
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/**
 * An internet-facing load balancer that hands every HTTPS request to a function and hears nothing else. It drops headers that
 * are no valid ones and requests that servers could read in two ways, logs every request, and can't be deleted (but for a
 * disposable zone).
 *
 * @see ELB.1 and ELB.18 (HTTPS alone), ELB.4 (headers), ELB.5 (access logs), ELB.6 (deletion protection), ELB.12 (desync),
 * ELB.13 (availability zones), ELB.17 (TLS policy)
 */
export class LoadBalancer extends Construct {
  readonly loadBalancerArn: string;
  /** The name that AWS gives it. */
  readonly dnsName: string;
  /** The hosted zone that AWS keeps for that name, as an alias record needs it. */
  readonly hostedZoneId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const {
      tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      idleTimeoutSeconds = 60,
      redirectHttp = false,
    } = props;
    validateProps(this, [
      {
        prop: "subnetIds",
        value: props.subnetIds,
        valid: Token.isUnresolved(props.subnetIds) || new Set(props.subnetIds).size >= 2,
        allowed: "subnets of at least two availability zones",
      },
      {
        prop: "certificateArn",
        value: props.certificateArn,
        valid: props.certificateArn.startsWith("arn:aws:acm:"),
        allowed: "the ARN of an ACM certificate: there is no listener without one",
      },
      {
        prop: "tlsPolicy",
        value: tlsPolicy,
        valid: TLS_POLICIES.includes(tlsPolicy),
        allowed: `one of ${TLS_POLICIES.join(", ")}`,
      },
      wholeNumber("idleTimeoutSeconds", idleTimeoutSeconds, 1, 4000),
    ]);
    const name = stack.resourceName("loadBalancer", props.name);
    const group = new LoadBalancerSecurityGroup(this, "Access", {
      name: `${props.name}-front`,
      vpcId: props.vpcId,
      redirectHttp,
    });
    const balancer = new Lb(this, "Resource", {
      name,
      loadBalancerType: "application",
      internal: false,
      subnets: props.subnetIds,
      securityGroups: [group.securityGroupId],
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "strictest",
      enableDeletionProtection: !stack.zone.disposable,
      idleTimeout: idleTimeoutSeconds,
      accessLogs: { bucket: props.accessLogBucketName, prefix: name, enabled: true },
    });
    this.loadBalancerArn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.hostedZoneId = balancer.zoneId;

    const targets = new LbTargetGroup(this, "Targets", {
      name: stack.resourceName("targetGroup", props.name),
      targetType: "lambda",
      // A header that comes twice is seen twice: else the last one would win in silence.
      lambdaMultiValueHeadersEnabled: true,
    });
    const permission = props.target.invokedByLoadBalancer(targets.arn);
    new LbTargetGroupAttachment(this, "Target", {
      targetGroupArn: targets.arn,
      targetId: props.target.functionArn,
      dependsOn: [permission],
    });
    new LbListener(this, "Https", {
      loadBalancerArn: balancer.arn,
      port: HTTPS_PORT,
      protocol: "HTTPS",
      sslPolicy: tlsPolicy,
      certificateArn: props.certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
    });
    if (redirectHttp) {
      new LbListener(this, "Http", {
        loadBalancerArn: balancer.arn,
        port: HTTP_PORT,
        protocol: "HTTP",
        defaultAction: [
          {
            type: "redirect",
            redirect: { port: String(HTTPS_PORT), protocol: "HTTPS", statusCode: "HTTP_301" },
          },
        ],
      });
    }
  }
}
