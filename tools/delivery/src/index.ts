export { APPROVED_DIGEST, type PlanManifest, type WaitingStack } from "./digest/plan-manifest";
export { hashSource } from "./digest/source-tree";
export { planArtifact } from "./artifacts";
export { SKIP } from "./verify/checks";
export { AUDIT } from "./verify/audit";
