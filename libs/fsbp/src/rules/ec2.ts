import { type Rule } from "../rule";
import { accountRules } from "./ec2-account";
import { defaultGroupRule } from "./ec2-default-group";
import { endpointRules } from "./ec2-endpoints";
import { instanceRules } from "./ec2-instances";
import { networkRules } from "./ec2-network";
import { securityGroupRules } from "./ec2-security-groups";
import { templateRules } from "./ec2-templates";
import { volumeRules } from "./ec2-volumes";
import { vpnRules } from "./ec2-vpn";

/** The controls of EC2 and VPC, by what they judge. */
export const ec2Rules: readonly Rule[] = [
  ...accountRules,
  defaultGroupRule,
  ...endpointRules,
  ...instanceRules,
  ...networkRules,
  ...securityGroupRules,
  ...templateRules,
  ...volumeRules,
  ...vpnRules,
];
