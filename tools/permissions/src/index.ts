export { ATTACKS } from "./attacks";
export { NEEDS } from "./needs";
export { mistakes, type PermissionResults, permissionsMarkdown } from "./permissions-markdown";
export { attackResults, needResults } from "./results";
export { type AccessRequest } from "./simulation/context";
export { type DecidedBy, type Decision, simulate, type SimulateInput } from "./simulation/simulate";
export { type RoleTrust, type Trusted, trustOf } from "./simulation/trust";
export {
  ANYTHING,
  type Attack,
  type Need,
  NOTHING_ALLOWS_IT,
  type Outcome,
  type RowResult,
} from "./tables/row";
export { readZone } from "./zone/read-zone";
export { type Role, type RoleKind, type Zone } from "./zone/zone";
