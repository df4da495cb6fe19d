import {
  DescribeSecurityGroupsCommand,
  type EC2Client,
  EC2ServiceException,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { type Hands, type Place } from "../repair";
import { type GroupSight, type IngressRule, isOpen } from "../repairs/close-open-rule";

const ALL = -1;

/** What EC2 answers where the group, or the rule, is gone. */
const GONE = new Set(["InvalidGroup.NotFound", "InvalidSecurityGroupRuleId.NotFound"]);

const isGone = (error: unknown): boolean => error instanceof EC2ServiceException && GONE.has(error.name);

/**
 * The account's security groups in a region. Needs `ec2:DescribeSecurityGroups`, `ec2:DescribeSecurityGroupRules`, and to mend
 * `ec2:RevokeSecurityGroupIngress`.
 */
export class SecurityGroups implements Hands<GroupSight> {
  constructor(
    private readonly client: EC2Client,
    private readonly place: Place,
  ) {}

  async list(): Promise<readonly string[]> {
    const ids: string[] = [];
    for await (const { SecurityGroups: page = [] } of paginateDescribeSecurityGroups(
      { client: this.client, pageSize: 1000 },
      {},
    )) {
      ids.push(...page.flatMap(({ GroupId }) => GroupId ?? []));
    }
    return ids;
  }

  async look(groupId: string): Promise<GroupSight | undefined> {
    try {
      const { SecurityGroups: found = [] } = await this.client.send(
        new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }),
      );
      const [group] = found;
      if (group === undefined) return undefined;
      const { account, region } = this.place;
      return {
        groupId,
        arn: `arn:aws:ec2:${region}:${account}:security-group/${groupId}`,
        tags: Object.fromEntries((group.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
        rules: await this.ingressOf(groupId),
      };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async mend({ groupId, rules }: GroupSight): Promise<void> {
    try {
      await this.client.send(
        new RevokeSecurityGroupIngressCommand({
          GroupId: groupId,
          SecurityGroupRuleIds: rules.filter(isOpen).map(({ id }) => id),
        }),
      );
    } catch (error) {
      // Somebody was faster: what is left is looked at when the message comes again.
      if (!isGone(error)) throw error;
      throw new Error("a rule was gone before it could be revoked", { cause: error });
    }
  }

  private async ingressOf(groupId: string): Promise<readonly IngressRule[]> {
    const rules: IngressRule[] = [];
    for await (const { SecurityGroupRules: page = [] } of paginateDescribeSecurityGroupRules(
      { client: this.client, pageSize: 1000 },
      { Filters: [{ Name: "group-id", Values: [groupId] }] },
    )) {
      rules.push(...page.filter(({ IsEgress }) => IsEgress !== true).map(toRule));
    }
    return rules;
  }
}

function toRule(rule: SecurityGroupRule): IngressRule {
  const source = rule.CidrIpv4 ?? rule.CidrIpv6;
  return {
    id: rule.SecurityGroupRuleId ?? "",
    ...(source === undefined ? {} : { source }),
    protocol: rule.IpProtocol ?? String(ALL),
    fromPort: rule.FromPort ?? ALL,
    toPort: rule.ToPort ?? ALL,
  };
}
