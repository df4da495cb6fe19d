/**
 * The protection plans of GuardDuty that FSBP asks for. `EKS_RUNTIME_MONITORING` is not among them: `RUNTIME_MONITORING`
 * holds it, and AWS refuses both at once.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html
 */
export const PROTECTION_PLANS = [
  "EBS_MALWARE_PROTECTION",
  "EKS_AUDIT_LOGS",
  "LAMBDA_NETWORK_LOGS",
  "RDS_LOGIN_EVENTS",
  "RUNTIME_MONITORING",
  "S3_DATA_EVENTS",
] as const;

export type ProtectionPlan = (typeof PROTECTION_PLANS)[number];

/** Where the runtime agent is installed and kept by GuardDuty itself, in the order in which AWS lists them. */
const AGENTS = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"] as const;

/** The agents that belong to a plan; none but for runtime monitoring. */
export const agentsOf = (plan: ProtectionPlan): readonly string[] =>
  plan === "RUNTIME_MONITORING" ? AGENTS : [];
