import { type Zone } from "@landfall/core";
import { type Mode, type RepairName } from "./names";

/**
 * Which repairs are done in which zone, where that is not the default: a zone's name, then the repair. Read the notices of a dry run
 * for some weeks, then switch one repair after the other.
 *
 * @example { standard: { "restart-trail": "repair" } }
 */
const SWITCHES: Readonly<Record<string, Partial<Readonly<Record<RepairName, Mode>>>>> = {};

/**
 * What no repair touches, by ARN; an asterisk stands for any characters. A zone's name, then its patterns. The tag
 * `landfall:sentinel` = `ignore` on a resource does the same.
 *
 * @example { standard: ["arn:aws:s3:::standard-website-*"] }
 */
const IGNORED: Readonly<Record<string, readonly string[]>> = {};

/** Whether a repair is done. @default in a disposable zone it is; in all others it is said what would be done */
export const modeOf = (
  { name, disposable }: Pick<Zone, "name" | "disposable">,
  repair: RepairName,
  switches: typeof SWITCHES = SWITCHES,
): Mode => switches[name]?.[repair] ?? (disposable ? "repair" : "dry-run");

/** The ARN patterns of what no repair touches in a zone. @default none */
export const ignoredIn = ({ name }: Pick<Zone, "name">): readonly string[] => IGNORED[name] ?? [];
