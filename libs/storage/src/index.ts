export * from "./bucket";
export * from "./table";
