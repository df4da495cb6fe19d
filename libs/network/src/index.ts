export * from "./endpoints";
export * from "./vpc";
export * from "./workload-security-group";
