/** The environment variable in which the zone's name is typed, for machines; `--confirm` on the command line fills it. */
export const CONFIRM_VARIABLE = "LANDFALL_CONFIRM";

/** The environment variable in which the plugin hands the whole run down to each of its tasks. */
export const RUN_VARIABLE = "LANDFALL_DESTROY_RUN";

/** What one start of Nx is about to destroy. */
export interface DestroyRun {
  /** The arguments of `nx`, without `--confirm`, e.g. `["destroy", "network", "--configuration=sandbox"]`. */
  readonly argv: readonly string[];
  /** The short names of all stacks that the run destroys. */
  readonly stacks: readonly string[];
}
