export * from "./data";
export * from "./detection";
export * from "./guardrails";
export * from "./identities";
export * from "./log-archive";
export * from "./policy";
