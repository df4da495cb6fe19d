import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { withinDomain } from "./account-domain";
import { type AddressType, type CheckedTarget, DEFAULT_TYPES } from "./alias-target";

export interface FailoverRecordProps {
  /** The hosted zone of the account's domain. */
  readonly zoneId: string;
  /** The name that fails over: the account's domain or below it, e.g. `orders.example.com`. */
  readonly name: string;
  readonly target: CheckedTarget;
  /**
   * Which side this is: the primary answers while it is healthy, else the secondary.
   * @default "primary" in a stack of the zone's home region, "secondary" in any other
   */
  readonly role?: FailoverRole;
  /** @default ["A"] */
  readonly types?: readonly AddressType[];
}

export type FailoverRole = "primary" | "secondary";

/**
 * One side of a name that fails over, for a regional stack: the instance of each region makes its own, and none has to
 * know of the other. Its set identifier is its role.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-configuring.html
 */
export class FailoverRecord extends Construct {
  constructor(scope: Construct, id: string, props: FailoverRecordProps) {
    super(scope, id);
    const { zone, account, isHomeRegion } = ZoneStack.of(this);
    const { target, role = isHomeRegion ? "primary" : "secondary", types = DEFAULT_TYPES } = props;
    validateProps(this, [
      withinDomain("name", props.name, zone, account),
      { prop: "types", value: types, valid: types.length > 0, allowed: "A, AAAA or both" },
    ]);
    for (const type of types) {
      new Route53Record(this, `Resource-${type}`, {
        zoneId: props.zoneId,
        name: props.name,
        type,
        setIdentifier: role,
        failoverRoutingPolicy: { type: role.toUpperCase() },
        healthCheckId: target.healthCheck.healthCheckId,
        alias: { name: target.dnsName, zoneId: target.hostedZoneId, evaluateTargetHealth: true },
      });
    }
  }
}
