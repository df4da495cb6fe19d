export * from "./delegated-administrators";
export * from "./organization";
export * from "./policies";
export * from "./service-control-policies";
