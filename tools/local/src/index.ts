export { callJson, callQuery, getJson, getXml } from "./api/aws-api";
export { elements, parseXml, textAt, type XmlElement } from "./api/xml";
export { type Announcement, LIMITS_FILE, readRunningEmulator } from "./emulator/announcement";
export { emulatorEnvironment, type Environment } from "./emulator/emulator-environment";
export { type MotoSource } from "./emulator/find-moto";
export { requireMoto } from "./emulator/require-moto";
export { listResources } from "./emulator/inventory";
export { type Emulator, type EmulatorOptions, startEmulator } from "./emulator/start-emulator";
export {
  type EmulatorFaults,
  endFaults,
  type FaultCounts,
  injectFaults,
  type ServiceFaults,
} from "./emulator/faults";
export { fireSchedule, type FireOptions } from "./events/fire";
export { type Door, type FrontDoor, type FrontDoorOptions, openFrontDoor } from "./front-door/front-door";
export { type AwsAddress, clientConfig } from "./functions/aws-clients";
export { type BatchResult } from "./functions/event-source";
export { type FunctionFaults, type Kill } from "./functions/function-faults";
export { type Invocation } from "./functions/function-host";
export {
  type FunctionRunner,
  type FunctionRunnerOptions,
  type IdleOptions,
  startFunctionRunner,
} from "./functions/function-runner";
export {
  type RegionDoor,
  runRegions,
  type RunningRegions,
  type RunningRegionsOptions,
} from "./running-regions";
export { type TraceSegment } from "./functions/trace-collector";
