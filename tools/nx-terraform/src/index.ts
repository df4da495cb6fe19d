export type { DeployResult } from "./commands/deploy";
export type { PlanResult } from "./commands/plan";
export { type Emulator, findEmulator, isRunning } from "./emulator";
export { fingerprintOf } from "./fingerprint";
export { type LeftOut, type Limits, readLimits, staleLimits } from "./limits";
export { type TerraformJson } from "./terraform-json";
export { type Toolchain, describeToolchain, findToolchain } from "./toolchain";
export { type Instance, pathsOf, readSynthesis, stacksIn, zonesIn } from "./workspace";
export { combine, type PlanSummary, toBrief, toMarkdown, type ZoneSummary } from "./summary";
