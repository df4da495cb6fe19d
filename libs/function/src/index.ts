export * from "./bundle";
export * from "./lambda-function";
export { type StreamSourceOptions } from "./stream-source";
