export { deployStack } from "./deploy-stack";
export { loadIntake, type LoadOptions, type LoadReport } from "./intake-load";
export { synthesize, type SynthesizedStack, withFunctionTimeout } from "./synthesized";
export { isPass, type Verdict } from "./verdict";
export { putTable } from "./put-table";
