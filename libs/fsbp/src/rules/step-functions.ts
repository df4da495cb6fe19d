import { mustBeOneOf } from "../expect";
import { type ResourceRule } from "../rule";

export const stepFunctionsRules: readonly ResourceRule[] = [
  /** StepFunctions.1: a state machine logs; what of its executions is left to it. */
  {
    control: "StepFunctions.1",
    types: ["aws_sfn_state_machine"],
    judge: (machine) => mustBeOneOf(machine, "logging_configuration.level", ["ALL", "ERROR", "FATAL"], "OFF"),
  },
];
