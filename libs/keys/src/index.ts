export * from "./key";
export {
  administrationStatements,
  deletionWindowDays,
  type KeyPolicyProps,
  type ServiceUser,
} from "./key-policy";
