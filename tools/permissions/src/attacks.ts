import { DATA_ATTACKS } from "./tables/attacks-on-data";
import { DELIVERY_ATTACKS } from "./tables/attacks-on-delivery";
import { IDENTITY_ATTACKS } from "./tables/attacks-on-identities";
import { GUARD_ATTACKS } from "./tables/attacks-on-guards";
import { REPAIR_ATTACKS } from "./tables/repairs";
import { type Attack } from "./tables/row";

/**
 * What no role of a zone may do. Each attack is tried by every role that it is about, so that a role or a statement
 * added later is tried without an edit here.
 */
export const ATTACKS: readonly Attack[] = [
  ...IDENTITY_ATTACKS,
  ...DATA_ATTACKS,
  ...GUARD_ATTACKS,
  ...REPAIR_ATTACKS,
  ...DELIVERY_ATTACKS,
];
