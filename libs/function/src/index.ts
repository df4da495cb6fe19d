export * from "./bundle";
export * from "./lambda-function";
