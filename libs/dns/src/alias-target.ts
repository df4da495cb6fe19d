import { type IHealthCheck } from "./health-check";

/** What an alias record points to, e.g. a load balancer. */
export interface AliasTarget {
  /** The target's own DNS name, e.g. a load balancer's `dnsName`. */
  readonly dnsName: string;
  /** The hosted zone that AWS keeps for targets of this kind, e.g. a load balancer's `zoneId`. */
  readonly hostedZoneId: string;
}

/** An alias target that receives no more traffic once its health check fails. */
export interface CheckedTarget extends AliasTarget {
  readonly healthCheck: IHealthCheck;
}

/** The record types that an alias answers: IPv4 and IPv6 addresses. */
export type AddressType = "A" | "AAAA";

/** Only IPv4: a load balancer answers IPv6 only when it is made for it. */
export const DEFAULT_TYPES: readonly AddressType[] = ["A"];
