import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { hasDuty } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface FindingNoticesProps {
  /** The topic that tells the zone's security contact. Its policy lets EventBridge publish for this account. */
  readonly topicArn: string;
}

interface Notice {
  readonly name: string;
  readonly description: string;
  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** The sentence that a person reads; what stands in `<>` is taken from `values`. */
  readonly sentence: string;
  /** Name in the sentence → where the event holds it. */
  readonly values: Readonly<Record<string, string>>;
}

/** GuardDuty calls 7.0 and above high, 9.0 and above critical. */
const HIGH_SEVERITY = 7;

/**
 * Tells the security contact of what is found: high and critical findings of Security Hub, or of GuardDuty alone where
 * the zone has no Security Hub, and whatever Access Analyzer finds open to the outside.
 *
 * Each finding is told once: in the region that it is about and, in an organization, by the security account, which sees
 * those of all accounts. Access Analyzer's are told by the account that has the analyzer.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
export class FindingNotices extends Construct {
  constructor(scope: Construct, id: string, props: FindingNoticesProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { securityHub, guardDuty } = stack.zone.services;
    const central = hasDuty(stack.account, "security");
    if (central && securityHub) this.notice("SecurityHub", securityHubNotice(stack.region), props.topicArn);
    if (central && guardDuty && !securityHub) this.notice("GuardDuty", GUARD_DUTY_NOTICE, props.topicArn);
    this.notice("AccessAnalyzer", ACCESS_ANALYZER_NOTICE, props.topicArn);
  }

  private notice(id: string, notice: Notice, topicArn: string): void {
    const scope = new Construct(this, id);
    const rule = new CloudwatchEventRule(scope, "Resource", {
      name: ZoneStack.of(this).resourceName("eventRule", notice.name),
      description: notice.description,
      eventPattern: JSON.stringify(notice.pattern),
    });
    new CloudwatchEventTarget(scope, "Target", {
      rule: rule.name,
      arn: topicArn,
      inputTransformer: { inputPaths: notice.values, inputTemplate: JSON.stringify(notice.sentence) },
    });
  }
}

const securityHubNotice = (region: string): Notice => ({
  name: "security-hub-findings",
  description: "Tells of new high and critical findings of Security Hub",
  pattern: {
    source: ["aws.securityhub"],
    "detail-type": ["Security Hub Findings - Imported"],
    detail: {
      findings: {
        Severity: { Label: ["HIGH", "CRITICAL"] },
        // Taken note of or suppressed: nobody wants to be told again.
        Workflow: { Status: ["NEW"] },
        RecordState: ["ACTIVE"],
        // The home region holds the findings of the others too.
        Region: [region],
      },
    },
  },
  sentence: "<severity> in account <account>, <region>: <title> Finding <id>",
  values: {
    severity: "$.detail.findings[0].Severity.Label",
    account: "$.detail.findings[0].AwsAccountId",
    region: "$.detail.findings[0].Region",
    title: "$.detail.findings[0].Title",
    id: "$.detail.findings[0].Id",
  },
});

const GUARD_DUTY_NOTICE: Notice = {
  name: "guard-duty-findings",
  description: "Tells of high and critical findings of GuardDuty",
  pattern: {
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    detail: { severity: [{ numeric: [">=", HIGH_SEVERITY] }], service: { archived: [false] } },
  },
  sentence: "GuardDuty severity <severity> in account <account>, <region>: <title> Finding <id>",
  values: {
    severity: "$.detail.severity",
    account: "$.detail.accountId",
    region: "$.detail.region",
    title: "$.detail.title",
    id: "$.detail.id",
  },
};

const ACCESS_ANALYZER_NOTICE: Notice = {
  name: "access-analyzer-findings",
  description: "Tells of what others can reach",
  pattern: {
    source: ["aws.access-analyzer"],
    "detail-type": ["Access Analyzer Finding"],
    detail: { status: ["ACTIVE"] },
  },
  sentence: "Access Analyzer in account <account>, <region>: others can reach <resource>. Finding <id>",
  values: {
    account: "$.detail.accountId",
    region: "$.region",
    resource: "$.detail.resource",
    id: "$.detail.id",
  },
};
