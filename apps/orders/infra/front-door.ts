import { accountDomain, FailoverRecord, HealthCheck } from "@landfall/dns";
import { type IRequestFunction, LoadBalancer, WebAcl } from "@landfall/edge";
import { type IKey } from "@landfall/keys";
import { type ValuesOf, ZoneStack } from "@landfall/stack";
import { type dnsContract } from "@landfall/stack-dns/contract";
import { type networkContract } from "@landfall/stack-network/contract";
import { Construct } from "constructs";

export interface FrontDoorProps {
  readonly target: IRequestFunction;
  readonly network: ValuesOf<typeof networkContract>;
  readonly dns: ValuesOf<typeof dnsContract>;
  readonly accessLogBucketName: string;
  readonly logsKey: IKey;
}

/** Checks in a row that decide, and seconds between them: a region that fails loses its traffic within about a minute. */
const CHECKS = 3;
const INTERVAL_SECONDS = 10;

/**
 * This region's way in: a load balancer behind a web ACL, the health check that asks it for the truth, and its side of the
 * name that fails over.
 */
export class FrontDoor extends Construct {
  readonly domainName: string;
  readonly loadBalancerDnsName: string;

  constructor(scope: Construct, id: string, props: FrontDoorProps) {
    super(scope, id);
    const { zone, account } = ZoneStack.of(this);
    const { network, dns } = props;
    this.domainName = `orders.${accountDomain(zone, account)}`;
    const balancer = new LoadBalancer(this, "LoadBalancer", {
      name: "api",
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      certificateArn: dns.certificateArn,
      accessLogBucketName: props.accessLogBucketName,
      target: props.target,
    });
    this.loadBalancerDnsName = balancer.dnsName;
    new WebAcl(this, "WebAcl", {
      name: "api",
      resourceArn: balancer.loadBalancerArn,
      logsKey: props.logsKey,
    });
    const healthCheck = new HealthCheck(this, "HealthCheck", {
      name: "api",
      fqdn: balancer.dnsName,
      path: "/health",
      requestIntervalSeconds: INTERVAL_SECONDS,
      failureThreshold: CHECKS,
      alarmTopicArn: dns.globalNoticesTopicArn,
    });
    new FailoverRecord(this, "Record", {
      zoneId: dns.publicZoneId,
      name: this.domainName,
      target: { dnsName: balancer.dnsName, hostedZoneId: balancer.hostedZoneId, healthCheck },
    });
  }

  /** Whether a zone can have one: an internet-facing load balancer needs public subnets and a certificate. */
  static possibleIn({ zone }: ZoneStack): boolean {
    return zone.network.publicSubnets && zone.dns.delegated;
  }
}
