export * from "./load-balancer";
export * from "./web-acl";
