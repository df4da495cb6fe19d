import { type ResourceRule } from "../rule";
import { missing } from "../related";
import { any, COMPLIANT, NOT_APPLICABLE } from "../verdict";
import { anyCompanion } from "./companions";

/** What gives an event bus a policy. Each statement may be a resource of its own. */
const POLICIES = ["aws_cloudwatch_event_bus_policy", "aws_cloudwatch_event_permission"] as const;
const WANTED = "an aws_cloudwatch_event_bus_policy that says who may put events";

export const eventBridgeRules: readonly ResourceRule[] = [
  /** EventBridge.3: a custom bus says by a policy who may use it. The default bus is not custom. */
  {
    control: "EventBridge.3",
    types: ["aws_cloudwatch_event_bus"],
    judge: (bus) =>
      bus.value("name") === "default"
        ? NOT_APPLICABLE
        : any(
            ...POLICIES.map((type) =>
              anyCompanion(
                bus.related(type, "event_bus_name", ["name"]),
                () => COMPLIANT,
                missing(bus, type, "event_bus_name", WANTED),
              ),
            ),
          ),
  },
];
