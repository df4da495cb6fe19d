export * from "./event-rule";
export * from "./queue";
export * from "./topic";
