/** The services that a VPC can reach through an interface endpoint: each costs about 7.30 USD a month and availability zone. */
export const INTERFACE_ENDPOINTS = [
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "events",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "ssm-contacts",
  "ssm-incidents",
  "sts",
  "xray",
] as const;

export type InterfaceEndpoint = (typeof INTERFACE_ENDPOINTS)[number];

/**
 * The endpoints that every VPC of a production zone has.
 * @see EC2.10, EC2.55, EC2.56, EC2.57, EC2.58, EC2.60
 */
export const PRODUCTION_ENDPOINTS = [
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "ssm",
  "ssm-contacts",
  "ssm-incidents",
] as const satisfies readonly InterfaceEndpoint[];
