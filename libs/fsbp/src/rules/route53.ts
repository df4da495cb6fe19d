import { Unknown } from "@landfall/terraform-graph";
import { type ResourceRule } from "../rule";
import { COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown } from "../verdict";
import { anyCompanion } from "./companions";

/** Route53.2: a public zone logs its queries. A zone of VPCs is private. */
const queryLogs: ResourceRule = {
  control: "Route53.2",
  types: ["aws_route53_zone"],
  judge: (zone) => {
    const networks = zone.blocks("vpc");
    if (networks instanceof Unknown) return unknown("vpc", networks.reason);
    return networks.length > 0
      ? NOT_APPLICABLE
      : anyCompanion(
          zone.related("aws_route53_query_log", "zone_id"),
          () => COMPLIANT,
          nonCompliant("", "no aws_route53_query_log", "one for the zone"),
        );
  },
};

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/route53-controls.html */
export const route53Rules: readonly ResourceRule[] = [queryLogs];
