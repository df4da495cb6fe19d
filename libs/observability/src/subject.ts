import { ZoneStack } from "@landfall/stack";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { lastPart } from "./last-part";

/** Where a construct is in its stack, e.g. `["Orders", "Outbox"]`: unique, and known at synthesis. */
const pathInStack = (construct: Construct): string[] =>
  construct.node.path.slice(ZoneStack.of(construct).node.path.length + 1).split("/");

/**
 * What names an alarm's subject within its zone and stack: the resource's own name, without the prefix that every name has,
 * or the construct's place where the name is known to Terraform alone.
 */
export const subjectOf = (construct: Construct, name?: string): string[] => {
  if (name === undefined || Token.isUnresolved(name)) return pathInStack(construct);
  const { zone, definition } = ZoneStack.of(construct);
  const [prefix, own] = [`${zone.name}-${definition.name}-`, lastPart(name)];
  return [own.startsWith(prefix) ? own.slice(prefix.length) : own];
};
