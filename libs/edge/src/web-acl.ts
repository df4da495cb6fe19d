import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { type IKey } from "@landfall/keys";
import { LogGroup } from "@landfall/logging";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** AWS's own rules, each with what it costs of the 1500 units that a web ACL has. */
export const MANAGED_RULES = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
} as const;

export interface WebAclProps {
  /** What it guards, e.g. `orders`. */
  readonly name: string;
  /** The load balancer that it guards. */
  readonly resourceArn: string;
  /** Encrypts the log. */
  readonly logsKey: IKey;
  /** Requests within five minutes, 10 to 2000000, after which an address is refused for a while. @default 1000 */
  readonly requestsPerFiveMinutes?: number;
  /** Headers that the log leaves out, in lower case. @default those that hold credentials: authorization and cookie */
  readonly redactedHeaders?: readonly string[];
}

const FIVE_MINUTES = 300;
/** AWS WAF writes to no log group that is named otherwise. */
const LOG_PREFIX = "aws-waf-logs-";

/**
 * Refuses requests of known attackers, known attacks, and whoever asks too often, before they reach a load balancer. It
 * logs every request, without credentials.
 *
 * @see WAF.10 (rules), WAF.12 (metrics), https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
export class WebAcl extends Construct {
  readonly webAclArn: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { requestsPerFiveMinutes = 1000, redactedHeaders = ["authorization", "cookie"] } = props;
    validateProps(this, [
      wholeNumber("requestsPerFiveMinutes", requestsPerFiveMinutes, 10, 2_000_000),
      {
        prop: "redactedHeaders",
        value: redactedHeaders,
        valid: redactedHeaders.every((header) => /^[a-z0-9-]{1,64}$/.test(header)),
        allowed: "names of headers in lower case",
      },
    ]);
    const name = stack.resourceName("webAcl", props.name);
    const acl = new Wafv2WebAcl(this, "Resource", {
      name,
      scope: "REGIONAL",
      description: `Guards ${props.name}`,
      defaultAction: { allow: {} },
      rule: [
        rateRule(requestsPerFiveMinutes),
        ...Object.keys(MANAGED_RULES).map((rules, index) => managedRule(rules, index + 1)),
      ],
      visibilityConfig: visibility(name),
    });
    this.webAclArn = acl.arn;
    const association = new Wafv2WebAclAssociation(this, "Association", {
      resourceArn: props.resourceArn,
      webAclArn: acl.arn,
    });
    const logs = new LogGroup(this, "Logs", {
      logGroupName: `${LOG_PREFIX}${name}`,
      encryptionKey: props.logsKey,
    });
    this.logGroupName = logs.logGroupName;
    new Wafv2WebAclLoggingConfiguration(this, "Logging", {
      resourceArn: acl.arn,
      logDestinationConfigs: [logs.logGroupArn],
      redactedFields: redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
      // The web ACL guards the load balancer before it tells of it.
      dependsOn: [association],
    });
  }
}

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  // Samples would show headers that the log leaves out.
  sampledRequestsEnabled: false,
});

/** First, so that a flood costs no more than counting it. */
const rateRule = (limit: number): Wafv2WebAclRule => ({
  name: "RateLimit",
  priority: 0,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: {
    rate_based_statement: { limit, aggregate_key_type: "IP", evaluation_window_sec: FIVE_MINUTES },
  },
  visibilityConfig: visibility("RateLimit"),
});

const managedRule = (name: string, priority: number): Wafv2WebAclRule => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: { managed_rule_group_statement: { name, vendor_name: "AWS" } },
  visibilityConfig: visibility(name),
});
