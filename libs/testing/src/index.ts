export * from "./policy";
export * from "./synth-stack";
export * from "./zone";
