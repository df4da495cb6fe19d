import { REGIONS } from "@landfall/core";
import { synthStack, testZone } from "@landfall/testing";
import { DnsFirewall, type DnsFirewallProps } from "./dns-firewall";
import { THREAT_LIST_IDS } from "./managed-domain-lists";
import { ResolverLogs } from "./resolver-logs";

const firewall = (change: Partial<DnsFirewallProps> = {}, zone = testZone()) =>
  synthStack((stack) => new DnsFirewall(stack, "DnsFirewall", { vpcId: "vpc-1", ...change }), { zone });
const inRegion = (home: "eu-central-1" | "me-south-1") => testZone({ regions: { home } });

describe("DnsFirewall", () => {
  it("answers names on the region's threat list with nothing", () => {
    const stack = firewall({}, inRegion("eu-central-1"));
    expect(stack.dataSources("aws_route53_resolver_firewall_domain_list")).toMatchObject([
      { firewall_domain_list_id: THREAT_LIST_IDS.get("eu-central-1") },
    ]);
    expect(stack.resource("aws_route53_resolver_firewall_rule")).toMatchObject({
      action: "BLOCK",
      block_response: "NODATA",
      firewall_domain_list_id: expect.stringMatching(
        /^\$\{data\.aws_route53_resolver_firewall_domain_list\./,
      ),
    });
    expect(stack.resource("aws_route53_resolver_firewall_rule_group_association")).toMatchObject({
      vpc_id: "vpc-1",
    });
  });

  it("fails the plan when the id leads to another list", () => {
    const [list] = firewall().dataSources("aws_route53_resolver_firewall_domain_list");
    expect(list?.lifecycle).toMatchObject({
      postcondition: [{ condition: '${self.name == "AWSManagedDomainsAggregateThreatList"}' }],
    });
  });

  it("tries exceptions first, then the zone's own list, then AWS's", () => {
    const stack = firewall({ allowedDomains: ["*.example.com"], blockedDomains: ["example.org"] });
    const rules = stack.resources("aws_route53_resolver_firewall_rule");
    expect(
      rules.map(({ name, priority, action, block_response }) => [name, priority, action, block_response]),
    ).toEqual([
      ["allowed", 100, "ALLOW", undefined],
      ["blocked", 200, "BLOCK", "NODATA"],
      ["threats", 300, "BLOCK", "NODATA"],
    ]);
    expect(
      stack.resources("aws_route53_resolver_firewall_domain_list").map(({ domains }) => domains),
    ).toEqual([["*.example.com"], ["example.org"]]);
  });

  it("fails closed, unless asked otherwise", () => {
    const failOpen = (change: Partial<DnsFirewallProps>) =>
      firewall(change).resource("aws_route53_resolver_firewall_config").firewall_fail_open;
    expect([failOpen({}), failOpen({ failOpen: true })]).toEqual(["DISABLED", "ENABLED"]);
  });

  it("can't be taken off its VPC, unless the zone is disposable", () => {
    const protection = (disposable: boolean) =>
      firewall({}, testZone({ disposable })).resource("aws_route53_resolver_firewall_rule_group_association")
        .mutation_protection;
    expect([protection(false), protection(true)]).toEqual(["ENABLED", "DISABLED"]);
  });

  it("says what to do in a region whose list is not known", () => {
    expect(() => firewall({}, inRegion("me-south-1"))).toThrow(
      /'threatListId' must be the id of AWSManagedDomainsAggregateThreatList in me-south-1, given or added to managed-domain-lists\.ts/,
    );
    expect(() =>
      firewall({ threatListId: "rslvr-fdl-0123456789abcdef" }, inRegion("me-south-1")),
    ).not.toThrow();
  });

  it.each([
    { allowedDomains: ["Example.com"] },
    { blockedDomains: [".example.com"] },
    { blockedDomains: ["*"] },
  ])("refuses %j", (change) => {
    expect(() => firewall(change)).toThrow(/Domains' must be lower-case DNS names/);
  });
});

describe("THREAT_LIST_IDS", () => {
  it("has a different id for each region, and only regions that there are", () => {
    expect(new Set(THREAT_LIST_IDS.values()).size).toBe(THREAT_LIST_IDS.size);
    for (const [region, id] of THREAT_LIST_IDS) {
      expect(REGIONS).toContain(region);
      expect(id).toMatch(/^rslvr-fdl-[0-9a-f]{13,16}$/);
    }
  });
});

describe("ResolverLogs", () => {
  it("keeps every query of the VPC in the archive", () => {
    const stack = synthStack(
      (stack) =>
        new ResolverLogs(stack, "Logs", { vpcId: "vpc-1", archiveBucketArn: "arn:aws:s3:::archive" }),
    );
    expect(stack.resource("aws_route53_resolver_query_log_config")).toMatchObject({
      name: "test-sample-queries",
      destination_arn: "arn:aws:s3:::archive",
    });
    expect(stack.resource("aws_route53_resolver_query_log_config_association")).toMatchObject({
      resource_id: "vpc-1",
    });
  });
});
