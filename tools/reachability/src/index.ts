export * from "./path/types";
export * from "./proofs/ingress";
export { isolationViolations } from "./proofs/isolation";
export * from "./proofs/locked-defaults";
export * from "./proofs/markdown";
export * from "./proofs/weakenings";
export * from "./reachability";
export * from "./terraform/zone";
