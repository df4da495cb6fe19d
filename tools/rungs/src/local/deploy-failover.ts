import { callQuery, elements, type Emulator, parseXml, textAt, type XmlElement } from "@landfall/local";

export const NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";

/** A call of Route 53 that changes something. @returns its answer */
export const postRoute53 = async (emulator: Emulator, path: string, body: string): Promise<XmlElement> => {
  const authorization = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/route53/aws4_request";
  const response = await fetch(`${emulator.endpoint}/2013-04-01/${path}`, {
    method: "POST",
    headers: { authorization, "content-type": "application/xml" },
    body,
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`route53 ${path}: ${answer}`);
  return parseXml(answer);
};

/** Makes a name that fails over between the load balancers of two regions, each with a health check of `/health`. */
export async function deployFailover(name: string, sides: readonly [Emulator, Emulator]): Promise<void> {
  const [home] = sides;
  const zone = await postRoute53(
    home,
    "hostedzone",
    `<CreateHostedZoneRequest xmlns="${NAMESPACE}"><Name>${name}</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>`,
  );
  const zoneId = (textAt(zone, "HostedZone", "Id") ?? "").split("/").at(-1) ?? "";
  for (const [index, side] of sides.entries()) {
    const request = { Action: "DescribeLoadBalancers", Version: "2015-12-01" };
    const balancers = await callQuery(side, "elasticloadbalancing", request);
    const [balancer] = elements(balancers, "LoadBalancers", "member", "DNSName");
    const check = await postRoute53(
      side,
      "healthcheck",
      `<CreateHealthCheckRequest xmlns="${NAMESPACE}"><CallerReference>${index}</CallerReference><HealthCheckConfig>
        <Port>443</Port><Type>HTTPS</Type><ResourcePath>/health</ResourcePath>
        <FullyQualifiedDomainName>${balancer?.text}</FullyQualifiedDomainName>
        <RequestInterval>10</RequestInterval><FailureThreshold>3</FailureThreshold>
      </HealthCheckConfig></CreateHealthCheckRequest>`,
    );
    const role = index === 0 ? "PRIMARY" : "SECONDARY";
    await postRoute53(
      side,
      `hostedzone/${zoneId}/rrset/`,
      `<ChangeResourceRecordSetsRequest xmlns="${NAMESPACE}"><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet>
        <Name>${name}</Name><Type>A</Type><SetIdentifier>${role.toLowerCase()}</SetIdentifier><Failover>${role}</Failover>
        <HealthCheckId>${textAt(check, "HealthCheck", "Id")}</HealthCheckId>
        <AliasTarget><HostedZoneId>Z32O12XQLNTSW2</HostedZoneId><DNSName>${balancer?.text}</DNSName>
        <EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget>
      </ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`,
    );
  }
}
