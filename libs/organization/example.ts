import { Organization, ServiceControlPolicies } from "@landfall/organization";
import { type ZoneStack } from "@landfall/stack";

/** The zone's organization, and what none of its accounts may do. */
export function example(stack: ZoneStack): void {
  const organization = new Organization(stack, "Organization");
  new ServiceControlPolicies(stack, "Policies", { organization, logArchiveAccountId: "123456789012" });
}
