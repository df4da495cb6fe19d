export { bindingsOf, movedBindings } from "./bindings";
export { PLAN_FILE, readSavedPlan, reservePlanFile, savePlan } from "./folder";
export { type PlanManifest } from "./manifest";
