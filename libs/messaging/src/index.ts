export * from "./event-rule";
export * from "./queue";
