export { optionsOf, type Options } from "./options";
export { rehearse } from "./rehearse";
