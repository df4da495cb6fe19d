export { type Announcement, LIMITS_FILE, readRunningEmulator } from "./emulator/announcement";
export { emulatorEnvironment, type Environment } from "./emulator/emulator-environment";
export { type MotoSource } from "./emulator/find-moto";
export { requireMoto } from "./emulator/require-moto";
export { listResources } from "./emulator/inventory";
export { type Emulator, type EmulatorOptions, startEmulator } from "./emulator/start-emulator";
export { type BatchResult } from "./functions/event-source";
export {
  type FunctionRunner,
  type FunctionRunnerOptions,
  type IdleOptions,
  startFunctionRunner,
} from "./functions/function-runner";
export { type TraceSegment } from "./functions/trace-collector";
