import { named, type ServiceAccess } from "../service-access";

/** Load balancers with their listeners and targets, and the web ACLs in front of them. */
export const EDGE: ServiceAccess = {
  name: "edge",
  types: [
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_target_group",
    "aws_lb_target_group_attachment",
    "aws_wafv2_web_acl",
    "aws_wafv2_web_acl_association",
    "aws_wafv2_web_acl_logging_configuration",
  ],
  read: ["elasticloadbalancing:Describe*", "wafv2:Get*", "wafv2:List*"],
  changes: [
    {
      what: "loadBalancers",
      actions: [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:SetWebAcl",
      ],
      on: ({ zone, account }) =>
        ["loadbalancer/app/", "listener/app/", "targetgroup/"].flatMap((kind) =>
          named("elasticloadbalancing", kind)({ zone, account }),
        ),
    },
    {
      what: "webAcls",
      actions: [
        "wafv2:AssociateWebACL",
        "wafv2:CreateWebACL",
        "wafv2:DeleteLoggingConfiguration",
        "wafv2:DeleteWebACL",
        "wafv2:DisassociateWebACL",
        "wafv2:PutLoggingConfiguration",
        "wafv2:TagResource",
        "wafv2:UntagResource",
        "wafv2:UpdateWebACL",
      ],
      // Associating names the load balancer too, and a web ACL its managed rule groups, which are AWS's.
      on: ({ zone, account }) => [
        ...named("wafv2", "regional/webacl/")({ zone, account }),
        `arn:aws:wafv2:*:${account.id}:regional/managedruleset/*`,
        ...named("elasticloadbalancing", "loadbalancer/app/")({ zone, account }),
      ],
    },
    {
      // AWS WAF logs to nothing that is named otherwise.
      what: "webAclLogs",
      actions: [
        "logs:AssociateKmsKey",
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:DeleteRetentionPolicy",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
      on: ({ zone, account }) => [`arn:aws:logs:*:${account.id}:log-group:aws-waf-logs-${zone.name}-*`],
    },
  ],
};
