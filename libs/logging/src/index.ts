export * from "./log-archive";
export * from "./log-group";
