export { CONFIRM_VARIABLE, type DestroyRun, RUN_VARIABLE } from "./destroy-run";
export { assertMayDestroy, assertNothingHeld } from "./may-destroy";
export { assertMayRun, type Guarded } from "./may-run";
export { describeStateLock, parseStateLock, type StateLock } from "./state-lock";
