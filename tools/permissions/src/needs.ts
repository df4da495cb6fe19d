import { DEPLOYER_NEEDS } from "./tables/needs-of-deployer";
import { PEOPLE_NEEDS } from "./tables/needs-of-people";
import { WORKLOAD_NEEDS } from "./tables/needs-of-workloads";
import { type Need } from "./tables/row";

/** What the walls of a zone must not stop: the work of its roles. */
export const NEEDS: readonly Need[] = [...DEPLOYER_NEEDS, ...WORKLOAD_NEEDS, ...PEOPLE_NEEDS];
