import { DataAwsRoute53ResolverFirewallDomainList } from "@cdktf/provider-aws/lib/data-aws-route53-resolver-firewall-domain-list";
import { Route53ResolverFirewallConfig } from "@cdktf/provider-aws/lib/route53-resolver-firewall-config";
import { Route53ResolverFirewallDomainList } from "@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list";
import { Route53ResolverFirewallRule } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule";
import { Route53ResolverFirewallRuleGroup } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group";
import { Route53ResolverFirewallRuleGroupAssociation } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { THREAT_LIST, THREAT_LIST_IDS } from "./managed-domain-lists";

export interface DnsFirewallProps {
  readonly vpcId: string;
  /** The id of AWS's threat list in this region. @default the one in `managed-domain-lists.ts` */
  readonly threatListId?: string;
  /** Names that resolve although they are on a list, e.g. `["*.example.com"]`. @default none */
  readonly allowedDomains?: readonly string[];
  /** More names that do not resolve. @default none */
  readonly blockedDomains?: readonly string[];
  /**
   * Whether names resolve while the firewall itself is out of order. Closed, which is AWS's default too, an outage of it
   * is one of every name in the VPC; open, it is a hole just when somebody may look for one.
   * @default false
   */
  readonly failOpen?: boolean;
}

/** A name of a domain list; `*.` at its start stands for all below it. */
const DOMAIN = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Rules are tried from the lowest priority. */
const PRIORITY = { allowed: 100, blocked: 200, threats: 300 };

/** AWS keeps 100 and below, and 9900 and above, for Firewall Manager. */
const ASSOCIATION_PRIORITY = 101;

/**
 * Names that are known to be malicious do not resolve in a VPC: the answer is empty (NODATA). It is the one door out of a
 * network without internet that neither routes nor security groups see.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 * @throws LandfallError when the region's threat list is not known, or a domain is none
 */
export class DnsFirewall extends Construct {
  private readonly group: Route53ResolverFirewallRuleGroup;

  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { allowedDomains = [], blockedDomains = [], failOpen = false } = props;
    const threatListId = props.threatListId ?? THREAT_LIST_IDS.get(stack.region) ?? "";
    const domains = (prop: string, value: readonly string[]) => ({
      prop,
      value,
      valid: value.every((domain) => DOMAIN.test(domain)),
      allowed: "lower-case DNS names, e.g. *.example.com",
    });
    validateProps(this, [
      {
        prop: "threatListId",
        value: threatListId,
        valid: /^rslvr-fdl-[0-9a-f]+$/.test(threatListId),
        allowed: `the id of ${THREAT_LIST} in ${stack.region}, given or added to managed-domain-lists.ts (services.dnsFirewall: false does without)`,
      },
      domains("allowedDomains", allowedDomains),
      domains("blockedDomains", blockedDomains),
    ]);

    const name = stack.resourceName("resolver", "dns-firewall");
    this.group = new Route53ResolverFirewallRuleGroup(this, "Resource", { name });
    this.rule("allowed", this.ownList("Allowed", allowedDomains));
    this.rule("blocked", this.ownList("Blocked", blockedDomains));
    this.rule("threats", this.threatList(threatListId));
    new Route53ResolverFirewallRuleGroupAssociation(this, "Association", {
      name,
      firewallRuleGroupId: this.group.id,
      vpcId: props.vpcId,
      priority: ASSOCIATION_PRIORITY,
      mutationProtection: stack.zone.disposable ? "DISABLED" : "ENABLED",
    });
    new Route53ResolverFirewallConfig(this, "Config", {
      resourceId: props.vpcId,
      firewallFailOpen: failOpen ? "ENABLED" : "DISABLED",
    });
  }

  /** AWS's list. A wrong id must not pass for a list that blocks: the plan fails on its name. */
  private threatList(id: string): string {
    return new DataAwsRoute53ResolverFirewallDomainList(this, "ThreatList", {
      firewallDomainListId: id,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.name == "${THREAT_LIST}"}`,
            errorMessage: `${id} is not the list ${THREAT_LIST} in this region: see libs/network/src/managed-domain-lists.ts`,
          },
        ],
      },
    }).firewallDomainListId;
  }

  private ownList(id: string, domains: readonly string[]): string | undefined {
    if (domains.length === 0) return undefined;
    const name = ZoneStack.of(this).resourceName("resolver", id);
    return new Route53ResolverFirewallDomainList(this, id, { name, domains: [...domains] }).id;
  }

  private rule(name: keyof typeof PRIORITY, firewallDomainListId: string | undefined): void {
    if (firewallDomainListId === undefined) return;
    new Route53ResolverFirewallRule(this, `Rule-${name}`, {
      name,
      firewallRuleGroupId: this.group.id,
      firewallDomainListId,
      priority: PRIORITY[name],
      ...(name === "allowed" ? { action: "ALLOW" } : { action: "BLOCK", blockResponse: "NODATA" }),
    });
  }
}
