/**
 * The region in which AWS keeps what belongs to Route 53 as a whole: query logs, signing keys and metrics.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-hosted-zones-with-cloudwatch.html
 */
export const GLOBAL_REGION = "us-east-1";
