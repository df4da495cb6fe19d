export * from "./cidr";
export * from "./errors";
export * from "./names";
export * from "./nearest";
export * from "./regions";
export * from "./tags";
export * from "./zone";
