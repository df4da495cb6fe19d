import { APP_NEEDS } from "./tables/needs-of-apps";
import { DEPLOYER_NEEDS } from "./tables/needs-of-deployer";
import { DELIVERY_NEEDS } from "./tables/needs-of-delivery";
import { PEOPLE_NEEDS } from "./tables/needs-of-people";
import { WORKLOAD_NEEDS } from "./tables/needs-of-workloads";
import { REPAIR_NEEDS } from "./tables/repairs";
import { type Need } from "./tables/row";

/** What the walls of a zone must not stop: the work of its roles. */
export const NEEDS: readonly Need[] = [
  ...DEPLOYER_NEEDS,
  ...WORKLOAD_NEEDS,
  ...APP_NEEDS,
  ...PEOPLE_NEEDS,
  ...REPAIR_NEEDS,
  ...DELIVERY_NEEDS,
];
