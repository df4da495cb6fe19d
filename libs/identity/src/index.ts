export * from "./policy-document";
export * from "./workload-boundary";
