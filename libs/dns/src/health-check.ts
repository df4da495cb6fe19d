import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { isDnsName } from "./account-domain";
import { GlobalAlarm, globalTopic } from "./global-alarm";

/** A Route 53 health check. */
export interface IHealthCheck {
  readonly healthCheckId: string;
}

/**
 * The regions from which Route 53 checks.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
export const CHECKER_REGIONS = [
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-west-1",
  "us-west-2",
] as const;

export type CheckerRegion = (typeof CHECKER_REGIONS)[number];

export interface HealthCheckProps {
  /** What is checked, e.g. `orders`; names the alarm. */
  readonly name: string;
  /**
   * The public name of one region's endpoint, e.g. a load balancer's `dnsName`; never the name that fails over, which
   * would answer for the other region.
   */
  readonly fqdn: string;
  /** What is asked for, with a leading slash: answered with a status from 200 to 399 within 2 seconds. @default "/" */
  readonly path?: string;
  /** Seconds between two checks from one region: 10, at an extra price, or 30. @default 30 */
  readonly requestIntervalSeconds?: 10 | 30;
  /** Checks in a row, 1 to 10, after which a healthy endpoint counts as unhealthy or the other way round. @default 3 */
  readonly failureThreshold?: number;
  /** From where it is checked: at least 3. @default all regions that can */
  readonly regions?: readonly CheckerRegion[];
  /** The topic in us-east-1 that is told, e.g. the dns contract's `globalNoticesTopicArn`. */
  readonly alarmTopicArn: string;
}

const HTTPS_PORT = 443;
const LONGEST_PATH = 255;
const FEWEST_REGIONS = 3;
const ALARM_PERIOD_SECONDS = 60;

/**
 * Asks an endpoint over HTTPS from several regions, and rings when it is unhealthy. The certificate is not judged.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
 */
export class HealthCheck extends Construct implements IHealthCheck {
  readonly healthCheckId: string;

  constructor(scope: Construct, id: string, props: HealthCheckProps) {
    super(scope, id);
    const { zone, definition, region } = ZoneStack.of(this);
    const { path = "/", requestIntervalSeconds = 30, failureThreshold = 3, regions } = props;
    validateProps(this, [
      {
        prop: "fqdn",
        value: props.fqdn,
        valid: isDnsName(props.fqdn) && !props.fqdn.startsWith("*"),
        allowed: "a lower-case DNS name without a wildcard, e.g. eu.www.example.com",
      },
      {
        prop: "path",
        value: path,
        valid: path.startsWith("/") && path.length <= LONGEST_PATH,
        allowed: `a path with a leading slash of at most ${LONGEST_PATH} characters, e.g. /health`,
      },
      {
        prop: "requestIntervalSeconds",
        value: requestIntervalSeconds,
        valid: [10, 30].includes(requestIntervalSeconds),
        allowed: "10 or 30",
      },
      wholeNumber("failureThreshold", failureThreshold, 1, 10),
      {
        prop: "regions",
        value: regions,
        valid:
          regions === undefined ||
          (new Set(regions).size >= FEWEST_REGIONS &&
            regions.every((each) => CHECKER_REGIONS.includes(each))),
        allowed: `at least ${FEWEST_REGIONS} of ${CHECKER_REGIONS.join(", ")}`,
      },
      globalTopic("alarmTopicArn", props.alarmTopicArn),
    ]);
    const check = new Route53HealthCheck(this, "Resource", {
      type: "HTTPS",
      fqdn: props.fqdn,
      port: HTTPS_PORT,
      enableSni: true,
      resourcePath: path,
      requestInterval: requestIntervalSeconds,
      failureThreshold,
      ...(regions === undefined ? {} : { regions: [...regions] }),
      // Health checks have no name: the console shows this tag.
      tags: { Name: [zone.name, definition.name, props.name, region].join("-") },
    });
    this.healthCheckId = check.id;
    new GlobalAlarm(this, "Alarm", {
      // The stacks of all regions have their alarms in one.
      name: [props.name, region, "unhealthy"],
      description: `Route 53 finds https://${props.fqdn}${path} unhealthy: records that use the check send no more traffic there.`,
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: check.id },
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: 1,
      periodSeconds: ALARM_PERIOD_SECONDS,
      missingData: "breaching",
      topicArn: props.alarmTopicArn,
    });
  }

  /** A health check that another stack owns. */
  static fromHealthCheckId(healthCheckId: string): IHealthCheck {
    return { healthCheckId };
  }
}
