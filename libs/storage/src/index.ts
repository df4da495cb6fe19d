export * from "./bucket";
export * from "./bucket-tier";
export * from "./table";
export * from "./table-replica";
