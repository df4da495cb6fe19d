export * from "./account-guards";
export * from "./finding-notices";
export * from "./guard-duty-plans";
export * from "./inspector";
export * from "./macie";
export * from "./organization-security";
export * from "./security-hub";
export * from "./threat-detection";
