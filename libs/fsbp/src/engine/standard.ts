import { type Configuration } from "@landfall/terraform-graph";
import { agingWarnings } from "../dated-list";
import { RULES } from "../rules";
import { type Report } from "./finding";
import { judge, type JudgeOptions } from "./judge";

export interface StandardOptions extends Omit<JudgeOptions, "rules" | "warnings"> {
  /** The controls to judge. @default all that code decides */
  readonly controls?: ReadonlySet<string>;
}

/** Judges a configuration by the standard: every control that code decides, or some of them. */
export function judgeStandard(configuration: Configuration, options: StandardOptions = {}): Report {
  const { controls, today = new Date(), ...rest } = options;
  return judge(configuration, {
    ...rest,
    today,
    rules: controls === undefined ? RULES : RULES.filter(({ control }) => controls.has(control)),
    warnings: agingWarnings(today),
  });
}
