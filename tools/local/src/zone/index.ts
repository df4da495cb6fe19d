export * from "./intake-samples";
export * from "./local-zone";
