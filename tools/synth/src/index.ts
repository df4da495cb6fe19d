export * from "./source-lines";
