import { accountDomain, FailoverRecord, HealthCheck } from "@landfall/dns";
import { type ZoneStack } from "@landfall/stack";

/**
 * A name that fails over: the stack's instance in each region makes its own side. In a real stack, the values below come
 * from contracts and from the region's load balancer.
 */
export function example(stack: ZoneStack): void {
  const loadBalancer = {
    dnsName: "orders-1234.eu-west-1.elb.amazonaws.com",
    hostedZoneId: "Z32O12XQLNTSW2",
  };
  const healthCheck = new HealthCheck(stack, "HealthCheck", {
    name: "orders",
    fqdn: loadBalancer.dnsName,
    path: "/health",
    alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:sandbox-dns-notices",
  });
  new FailoverRecord(stack, "Record", {
    zoneId: "Z0123456789ABCDEFGHIJ",
    name: `orders.${accountDomain(stack.zone, stack.account)}`,
    target: { ...loadBalancer, healthCheck },
  });
}
