import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { type Constraint, validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { withinDomain } from "./account-domain";
import { type AddressType, type AliasTarget, DEFAULT_TYPES } from "./alias-target";
import { type IHealthCheck } from "./health-check";

export interface WeightedTarget extends AliasTarget {
  /** Its share of the answers: this part of the sum of all weights, 0 to 255. 0 takes none. */
  readonly weight: number;
  /** @default none: the alias evaluates the target's own health */
  readonly healthCheck?: IHealthCheck;
}

export interface WeightedRecordsProps {
  /** The hosted zone of the account's domain. */
  readonly zoneId: string;
  /** The name whose answers are shared: the account's domain or below it. */
  readonly name: string;
  /** By set identifier, which stays the same while weights and targets change, e.g. `{ blue: …, green: … }`. */
  readonly targets: Readonly<Record<string, WeightedTarget>>;
  /** @default ["A"] */
  readonly types?: readonly AddressType[];
}

/**
 * A name whose answers are shared by several targets, of which the unhealthy are left out.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 */
export class WeightedRecords extends Construct {
  constructor(scope: Construct, id: string, props: WeightedRecordsProps) {
    super(scope, id);
    const { zone, account } = ZoneStack.of(this);
    const { types = DEFAULT_TYPES } = props;
    const targets = Object.entries(props.targets);
    validateProps(this, [
      withinDomain("name", props.name, zone, account),
      { prop: "types", value: types, valid: types.length > 0, allowed: "A, AAAA or both" },
      ...targetConstraints(targets),
    ]);
    for (const [identifier, { weight, healthCheck, dnsName, hostedZoneId }] of targets) {
      for (const type of types) {
        new Route53Record(this, `Resource-${identifier}-${type}`, {
          zoneId: props.zoneId,
          name: props.name,
          type,
          setIdentifier: identifier,
          weightedRoutingPolicy: { weight },
          ...(healthCheck === undefined ? {} : { healthCheckId: healthCheck.healthCheckId }),
          alias: { name: dnsName, zoneId: hostedZoneId, evaluateTargetHealth: true },
        });
      }
    }
  }
}

const targetConstraints = (targets: readonly (readonly [string, WeightedTarget])[]): Constraint[] => [
  {
    prop: "targets",
    value: targets.map(([identifier, { weight }]) => `${identifier}: ${weight}`),
    // With all at 0, Route 53 shares evenly: the opposite of what is written.
    valid: targets.some(([, { weight }]) => weight > 0),
    allowed: "at least one with a weight above 0",
  },
  ...targets.map(([identifier]): Constraint => ({
    prop: "targets",
    value: identifier,
    valid: /^[a-z][a-z0-9-]{0,62}$/.test(identifier),
    allowed: "keyed by 1 to 63 lower-case letters, digits or hyphens, starting with a letter",
  })),
  ...targets.map(([identifier, { weight }]) => wholeNumber(`targets.${identifier}.weight`, weight, 0, 255)),
];
