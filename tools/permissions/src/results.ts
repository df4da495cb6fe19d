import { ATTACKS } from "./attacks";
import { NEEDS } from "./needs";
import { type RowResult } from "./tables/row";
import { runAttacks, runNeeds } from "./tables/run";
import { type Zone } from "./zone/zone";

/** What came of every attack on a zone. @throws Error where a policy of the zone is not valid */
export const attackResults = (zone: Zone): Promise<readonly RowResult[]> => runAttacks(zone, ATTACKS);

/** What came of every need of a zone. @throws Error where a policy of the zone is not valid */
export const needResults = (zone: Zone): Promise<readonly RowResult[]> => runNeeds(zone, NEEDS);
