export { drill, type Drilled, type DrillOptions, type DrillReport, type Exercise, type Phase } from "./drill";
export {
  ALIAS_TTL_SECONDS,
  detectionSeconds,
  failoverAnswer,
  failoverSeconds,
  type Health,
  HealthTracker,
} from "./failover";
export { probe } from "./probe";
export { type FailoverRecord, type HealthCheck, readFailoverRecords, readHealthChecks } from "./route53";
export { type DeployedName, readDeployedName } from "./deployed";
export { DRILL_RETRY_SECONDS, drillOrders, type OrdersDrillReport } from "./orders-drill";
export { drillComplaints, drillTable } from "./report";
