export * from "./synth-stack";
export * from "./zone";
