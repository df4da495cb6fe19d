/** The repairs, as their functions name them: `src/<name>.function.ts`. */
export type RepairName = "block-public-bucket" | "close-open-rule" | "disable-access-key" | "restart-trail";

/** How a repair is switched. */
export type Mode = "dry-run" | "repair";
