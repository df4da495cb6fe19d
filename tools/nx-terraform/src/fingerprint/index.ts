export { type ConsumedValue, consumedIn } from "./consumed";
export { CUTOFF_VARIABLE, cutoffIsOn, reasonToPlan } from "./cutoff";
export { readDeployedState } from "./deployed-state";
export { fingerprintOf, sha256 } from "./fingerprint";
export { type Access, type Parameter, readParameters } from "./parameters";
export { isRecord, isRecordAddress, recordBlocks } from "./record";
