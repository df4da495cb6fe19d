export * from "./backend";
export * from "./contract";
export * from "./definition";
export * from "./except-control";
export * from "./placement";
export * from "./validate-props";
export * from "./zone-app";
export * from "./zone-stack";
