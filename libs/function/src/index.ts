export * from "./bundle";
export { type Bundle } from "./bundle-cache";
export * from "./lambda-function";
export { type StreamSourceOptions } from "./stream-source";
