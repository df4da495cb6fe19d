import { type Resource } from "@landfall/terraform-graph";
import { type Block, type Reader } from "./reader";
import { type Listener, type Protocol } from "./types";

const LOAD_BALANCERS = ["aws_lb", "aws_alb"];
const LISTENERS = ["aws_lb_listener", "aws_alb_listener"];

const protocolsOf = (protocol: string): readonly Protocol[] => {
  if (protocol === "UDP" || protocol === "QUIC") return ["udp"];
  return protocol === "TCP_UDP" || protocol === "TCP_QUIC" ? ["tcp", "udp"] : ["tcp"];
};

/** Whether the actions are redirections to HTTPS and nothing else. */
function redirectsOnly(reader: Reader, block: Block, name: string): boolean {
  const actions = reader.blocks(block, name);
  return (
    actions.length > 0 &&
    actions.every(
      (action) =>
        reader.text(action, "type") === "redirect" &&
        reader
          .blocks(action, "redirect")
          .every((redirect) => (reader.text(redirect, "protocol") ?? "#{protocol}") === "HTTPS"),
    )
  );
}

/** The listeners of a load balancer. */
export function readListeners(reader: Reader, loadBalancer: Resource): readonly Listener[] {
  return LISTENERS.flatMap((type) => reader.blocksOfType(type)).flatMap((block) => {
    const owner = reader.reference(block, "load_balancer_arn", LOAD_BALANCERS);
    if (owner?.resource !== loadBalancer) return [];
    const port = reader.number(block, "port");
    if (port === undefined) {
      reader.problem(block, "port", "given");
      return [];
    }
    const rules = ["aws_lb_listener_rule", "aws_alb_listener_rule"]
      .flatMap((rule) => reader.blocksOfType(rule))
      .filter((rule) => reader.reference(rule, "listener_arn", LISTENERS)?.resource === block.resource);
    return [
      {
        label: block.resource.label,
        protocols: protocolsOf(reader.text(block, "protocol") ?? "HTTP"),
        port,
        redirects:
          redirectsOnly(reader, block, "default_action") &&
          rules.every((rule) => redirectsOnly(reader, rule, "action")),
      },
    ];
  });
}
