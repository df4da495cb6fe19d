export * from "./build-spec";
export * from "./waves";
