import * as z from "zod/mini";
import { type Trigger } from "../event";
import { type Place, type Rules, type Sight } from "../repair";
import { apiCall, findingResources, read } from "./read";

/** A rule that lets traffic in. */
export interface IngressRule {
  /** e.g. `sgr-0123456789abcdef0`. */
  readonly id: string;
  /** CIDR block of either family; none where another group or a prefix list is let in. */
  readonly source?: string;
  /** `tcp`, `udp`, … or `-1` for all. */
  readonly protocol: string;
  /** -1 for all. */
  readonly fromPort: number;
  readonly toPort: number;
}

export interface GroupSight extends Sight {
  /** e.g. `sg-0123456789abcdef0`. */
  readonly groupId: string;
  readonly rules: readonly IngressRule[];
}

/** The ports that may be open to everybody (EC2.18). */
const OPEN_PORTS: readonly number[] = [80, 443];

/** The shortest prefixes that a source may have: a half or a quarter of the internet is as good as all of it. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 32 };

const PRIVATE_IPV6 = /^(f[cd]|fe[89ab])/i;

/** Whether a CIDR block is so wide that it stands for the internet. */
export function isInternet(source: string): boolean {
  const [address = "", prefix = ""] = source.split("/");
  if (!address.includes(":")) return Number(prefix) < SHORTEST_PREFIX.ipv4;
  return Number(prefix) < SHORTEST_PREFIX.ipv6 && !PRIVATE_IPV6.test(address);
}

/** Whether a rule lets the internet in to more than a port that may be open. */
export const isOpen = ({ source, protocol, fromPort, toPort }: IngressRule): boolean =>
  source !== undefined &&
  isInternet(source) &&
  !(protocol === "tcp" && fromPort === toPort && OPEN_PORTS.includes(fromPort));

const groupId = z.string().check(z.regex(/^sg-[0-9a-f]{8,17}$/));
const rules = z.object({ items: z.array(z.object({ groupId })).check(z.minLength(1), z.maxLength(1000)) });

/** A group is named in three ways: of the default VPC, by a name in the request and its id in the response. */
const call = z.union([
  apiCall("ec2.amazonaws.com", z.object({ groupId })),
  apiCall("ec2.amazonaws.com", z.object({ ModifySecurityGroupRulesRequest: z.object({ GroupId: groupId }) })),
  z.extend(apiCall("ec2.amazonaws.com", z.unknown()), {
    responseElements: z.object({ securityGroupRuleSet: rules }),
  }),
]);

function groupsOf(detail: z.output<typeof call>): readonly string[] {
  if ("responseElements" in detail)
    return detail.responseElements.securityGroupRuleSet.items.map((item) => item.groupId);
  const { requestParameters } = detail;
  return "groupId" in requestParameters
    ? [requestParameters.groupId]
    : [requestParameters.ModifySecurityGroupRulesRequest.GroupId];
}

/**
 * Revokes the rules of a security group that let the internet in to other ports than 80 and 443 of TCP, and no others.
 *
 * @see EC2.13, EC2.14, EC2.18, EC2.19
 */
export const closeOpenRule: Rules<GroupSight> = {
  name: "close-open-rule",

  targetsOf(trigger: Trigger, place: Place) {
    if (trigger.source === "aws.events") return "every";
    if (trigger.source === "aws.securityhub") {
      return findingResources(trigger, place, "AwsEc2SecurityGroup").map((arn) =>
        read(groupId, arn.split("/").at(-1), "a security group"),
      );
    }
    return groupsOf(read(call, trigger.detail, "a call about a security group"));
  },

  judge({ rules: all }) {
    const open = all.filter(isOpen);
    if (open.length === 0) return undefined;
    return {
      why: `${open.length === 1 ? "a rule lets" : `${open.length} rules let`} the internet in to other ports than 80 and 443`,
      evidence: { rules: open.slice(0, 20) },
    };
  },
};
