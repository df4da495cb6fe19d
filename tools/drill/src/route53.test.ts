import { parseXml } from "@landfall/local";
import { failoverRecordsIn, healthChecksIn } from "./route53";

it("finds the sides of names that fail over, among other records", () => {
  const answer = parseXml(`<ListResourceRecordSetsResponse><ResourceRecordSets>
    <ResourceRecordSet><Name>example.com.</Name><Type>NS</Type></ResourceRecordSet>
    <ResourceRecordSet><Name>Orders.example.com.</Name><Type>A</Type><SetIdentifier>primary</SetIdentifier>
      <Failover>PRIMARY</Failover><HealthCheckId>c-1</HealthCheckId>
      <AliasTarget><DNSName>dualstack.API-1.elb.example.com.</DNSName></AliasTarget></ResourceRecordSet>
    <ResourceRecordSet><Name>orders.example.com.</Name><Type>A</Type><SetIdentifier>secondary</SetIdentifier>
      <Failover>SECONDARY</Failover><ResourceRecords><ResourceRecord><Value>192.0.2.7</Value></ResourceRecord></ResourceRecords>
    </ResourceRecordSet></ResourceRecordSets></ListResourceRecordSetsResponse>`);
  const shared = { name: "orders.example.com", type: "A" };
  expect(failoverRecordsIn(answer)).toEqual([
    {
      ...shared,
      role: "PRIMARY",
      setIdentifier: "primary",
      healthCheckId: "c-1",
      target: "api-1.elb.example.com",
    },
    {
      ...shared,
      role: "SECONDARY",
      setIdentifier: "secondary",
      healthCheckId: undefined,
      target: "192.0.2.7",
    },
  ]);
});

it("reads health checks of endpoints, with AWS's defaults", () => {
  const answer = parseXml(`<ListHealthChecksResponse><HealthChecks>
    <HealthCheck><Id>c-1</Id><HealthCheckConfig><Type>HTTPS</Type><FullyQualifiedDomainName>API.example.com</FullyQualifiedDomainName>
      <ResourcePath>/health</ResourcePath><RequestInterval>10</RequestInterval><FailureThreshold>2</FailureThreshold>
      <Inverted>true</Inverted></HealthCheckConfig></HealthCheck>
    <HealthCheck><Id>c-2</Id><HealthCheckConfig><Type>HTTP</Type><IPAddress>192.0.2.7</IPAddress></HealthCheckConfig></HealthCheck>
    <HealthCheck><Id>c-3</Id><HealthCheckConfig><Type>CALCULATED</Type></HealthCheckConfig></HealthCheck>
    </HealthChecks></ListHealthChecksResponse>`);
  expect(healthChecksIn(answer)).toEqual([
    {
      ...{ id: "c-1", fqdn: "api.example.com", port: 443, type: "HTTPS", path: "/health" },
      ...{ intervalSeconds: 10, failureThreshold: 2, inverted: true },
    },
    {
      ...{ id: "c-2", fqdn: "192.0.2.7", port: 80, type: "HTTP", path: "/" },
      ...{ intervalSeconds: 30, failureThreshold: 3, inverted: false },
    },
  ]);
});
