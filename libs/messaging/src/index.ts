export { EventRule, type EventRuleProps } from "./event-rule";
export * from "./queue";
export * from "./schedule";
export * from "./topic";
