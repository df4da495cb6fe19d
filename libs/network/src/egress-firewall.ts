import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall";
import { NetworkfirewallFirewallPolicy } from "@cdktf/provider-aws/lib/networkfirewall-firewall-policy";
import { NetworkfirewallLoggingConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-logging-configuration";
import { NetworkfirewallRuleGroup } from "@cdktf/provider-aws/lib/networkfirewall-rule-group";
import { type IKey } from "@landfall/keys";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type TierSubnet } from "./subnet-tier";

/** Two subnets of one availability zone. */
export interface InspectedPair {
  /** e.g. the block of the load balancers. */
  readonly from: string;
  /** e.g. the block of their targets. */
  readonly to: string;
}

export interface EgressFirewallProps {
  readonly vpcId: string;
  /** The firewall's own subnets, one for each availability zone. */
  readonly subnets: readonly TierSubnet[];
  /** DNS names that may be called over TLS or HTTP; with a leading dot all below it too: 1 to 400. */
  readonly allowedDomains: readonly string[];
  /** Connections within the VPC that pass too, because their way leads through the firewall. @default none */
  readonly passed?: readonly InspectedPair[];
  /** Encrypts the firewall's settings and rules. */
  readonly encryptionKey: IKey;
  /** The bucket that takes its alerts and flows. */
  readonly archiveBucketArn: string;
}

/** Each name takes one place for TLS and one for HTTP. AWS fixes the capacity for the group's life. */
const DOMAIN_CAPACITY = 1000;
const MAX_DOMAINS = 400;
const PASSED_CAPACITY = 10;

/** Far from the ids that AWS gives the rules that it makes of domains. */
const FIRST_RULE_ID = 100_001;

/** Domain names as the firewall takes them: `example.com`, or `.example.com` for it and all below it. */
const DOMAIN = /^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

const STRICT = "STRICT_ORDER";

/**
 * A firewall on the way out: connections whose TLS server name or HTTP host is on the list pass, all others are dropped
 * and logged. A TCP handshake passes, since it tells no name yet; no data follows it.
 *
 * @see NetworkFirewall.1 to NetworkFirewall.5, NetworkFirewall.9, NetworkFirewall.10,
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
 * @throws LandfallError when a domain is none, or there are none or too many
 */
export class EgressFirewall extends Construct {
  private readonly firewall: NetworkfirewallFirewall;

  constructor(scope: Construct, id: string, props: EgressFirewallProps) {
    super(scope, id);
    validateProps(this, [
      {
        prop: "allowedDomains",
        value: props.allowedDomains,
        valid:
          props.allowedDomains.length >= 1 &&
          props.allowedDomains.length <= MAX_DOMAINS &&
          props.allowedDomains.every((domain) => DOMAIN.test(domain)),
        allowed: `1 to ${MAX_DOMAINS} lower-case DNS names, e.g. .example.com`,
      },
    ]);
    const stack = ZoneStack.of(this);
    const kept = !stack.zone.disposable;
    const common = (name: string) => ({
      name: stack.resourceName("firewall", name),
      tags: { Name: `${stack.zone.name}-${name}` },
      encryptionConfiguration: { type: "CUSTOMER_KMS", keyId: props.encryptionKey.keyArn },
    });

    const groups = [...this.passGroup(props, common("passed")), this.domainGroup(props, common("domains"))];
    const policy = new NetworkfirewallFirewallPolicy(this, "Policy", {
      ...common("egress"),
      firewallPolicy: {
        // Everything is judged with its connection: the stateless engine only hands over.
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
        statefulEngineOptions: { ruleOrder: STRICT, streamExceptionPolicy: "DROP" },
        statefulRuleGroupReference: groups.map(({ arn }, index) => ({
          priority: (index + 1) * 100,
          resourceArn: arn,
        })),
      },
    });
    this.firewall = new NetworkfirewallFirewall(this, "Resource", {
      ...common("egress"),
      vpcId: props.vpcId,
      firewallPolicyArn: policy.arn,
      deleteProtection: kept,
      subnetChangeProtection: kept,
      subnetMapping: props.subnets.map(({ subnetId }) => ({ subnetId })),
    });
    new NetworkfirewallLoggingConfiguration(this, "Logs", {
      firewallArn: this.firewall.arn,
      loggingConfiguration: {
        logDestinationConfig: ["ALERT", "FLOW"].map((logType) => ({
          logType,
          logDestinationType: "S3",
          logDestination: { bucketName: Fn.trimprefix(props.archiveBucketArn, "arn:aws:s3:::") },
        })),
      },
    });
  }

  /**
   * The id of the firewall's endpoint in an availability zone, for the routes that lead through it. AWS tells the
   * endpoints as a set without an order, which is why they are looked up.
   *
   * @param letter the availability zone's, e.g. `a`
   */
  endpointId(letter: string): string {
    const { region } = ZoneStack.of(this);
    const states = `${this.firewall.terraformResourceType}.${this.firewall.friendlyUniqueId}.firewall_status[0].sync_states`;
    return `\${[for state in ${states} : state.attachment[0].endpoint_id if state.availability_zone == "${region}${letter}"][0]}`;
  }

  private domainGroup(
    { allowedDomains }: EgressFirewallProps,
    common: { name: string },
  ): NetworkfirewallRuleGroup {
    return new NetworkfirewallRuleGroup(this, "Domains", {
      ...common,
      description: "Names that may be called over TLS or HTTP",
      type: "STATEFUL",
      capacity: DOMAIN_CAPACITY,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: STRICT },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: "ALLOWLIST",
            targetTypes: ["TLS_SNI", "HTTP_HOST"],
            targets: [...allowedDomains],
          },
        },
      },
    });
  }

  private passGroup(
    { passed = [] }: EgressFirewallProps,
    common: { name: string },
  ): NetworkfirewallRuleGroup[] {
    if (passed.length === 0) return [];
    const group = new NetworkfirewallRuleGroup(this, "Passed", {
      ...common,
      description: "Load balancers and their targets in the same availability zone",
      type: "STATEFUL",
      capacity: PASSED_CAPACITY,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: STRICT },
        rulesSource: {
          statefulRule: passed.map(({ from, to }, index) => ({
            action: "PASS",
            header: {
              protocol: "TCP",
              direction: "FORWARD",
              source: from,
              sourcePort: "ANY",
              destination: to,
              destinationPort: "ANY",
            },
            ruleOption: [{ keyword: "sid", settings: [String(FIRST_RULE_ID + index)] }],
          })),
        },
      },
    });
    return [group];
  }
}
