export * from "@landfall/stack/testing";
export * from "./policy";
