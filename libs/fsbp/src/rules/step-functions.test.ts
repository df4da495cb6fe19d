import { describeRule } from "../testing/cases";
import { stepFunctionsRules } from "./step-functions";

const rule = (id: string) => {
  const found = stepFunctionsRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const machine = (...logging_configuration: object[]) => ({
  aws_sfn_state_machine: { m: { logging_configuration } },
});

describeRule(rule("StepFunctions.1"), {
  compliant: ["ALL", "ERROR", "FATAL"].map((level) => ({ of: level, resource: machine({ level }) })),
  nonCompliant: [
    { of: "a machine that says nothing", resource: machine(), path: "logging_configuration.level" },
    {
      of: "a level that is left out",
      resource: machine({ log_destination: "arn:*" }),
      path: "logging_configuration.level",
    },
    { of: "OFF", resource: machine({ level: "OFF" }), path: "logging_configuration.level" },
  ],
  unknown: [{ of: "a level by a variable", resource: machine({ level: "${var.level}" }) }],
});
