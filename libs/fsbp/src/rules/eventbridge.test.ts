import { describeRule } from "../testing/cases";
import { eventBridgeRules } from "./eventbridge";

const rule = (id: string) => {
  const found = eventBridgeRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const bus = (more: Record<string, Record<string, object>> = {}, name = "orders") => ({
  aws_cloudwatch_event_bus: { bus: { name } },
  ...more,
});
const named = (event_bus_name: string) => ({ p: { event_bus_name } });

describeRule(rule("EventBridge.3"), {
  compliant: [
    {
      of: "a bus with a policy",
      resource: bus({ aws_cloudwatch_event_bus_policy: named("${aws_cloudwatch_event_bus.bus.name}") }),
    },
    {
      of: "a bus with a policy by reference",
      resource: bus({ aws_cloudwatch_event_bus_policy: named("${aws_cloudwatch_event_bus.bus.id}") }),
    },
    { of: "a bus with a permission", resource: bus({ aws_cloudwatch_event_permission: named("orders") }) },
  ],
  nonCompliant: [
    { of: "a bus without a policy", resource: bus(), path: "" },
    {
      of: "a policy of another bus",
      resource: bus({ aws_cloudwatch_event_bus_policy: named("other") }),
      path: "",
    },
  ],
  unknown: [
    {
      of: "a policy of a bus by a variable",
      resource: bus({ aws_cloudwatch_event_bus_policy: named("${var.b}") }),
    },
    {
      of: "policies whose number is not known",
      resource: bus({
        aws_cloudwatch_event_bus_policy: { p: { event_bus_name: "orders", count: "${var.n}" } },
      }),
    },
  ],
  notApplicable: [{ of: "the default bus", resource: bus({}, "default") }],
});
