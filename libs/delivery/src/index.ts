export * from "./cache-bucket";
