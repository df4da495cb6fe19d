export * from "./accepted";
export * from "./check-output";
export * from "./command";
export * from "./judge-input";
export * from "./zone-folder";
