import { type Zone, zoneRegions } from "@landfall/core";
import { type Construct } from "constructs";
import { type Contract, type StackScope } from "./contract";

/** What every stack is built from. */
export interface StackProps {
  readonly zone: Zone;
  /** The region of this instance. */
  readonly region: string;
  readonly definition: StackDefinition;
}

/** A stack as its file exports it. */
export interface StackDefinition {
  /** The folder's name, e.g. `network`. */
  readonly name: string;
  readonly scope: StackScope;
  /** What it promises to other stacks; a stack that promises nothing has none. */
  readonly contract?: Contract;
  /** Builds one instance in an app. */
  readonly build: (scope: Construct, props: StackProps) => unknown;
}

/** One Terraform state: a stack in one zone and, if it is regional, one region. */
export interface StackInstance {
  /** e.g. `sandbox-network-eu-west-1`, or `sandbox-identity` for a global stack. */
  readonly name: string;
  readonly stack: string;
  readonly region: string;
}

/** @throws Error when the contract belongs to another stack or another scope */
export function defineStack(definition: StackDefinition): StackDefinition {
  const { name, scope, contract } = definition;
  if (contract && (contract.stack !== name || contract.scope !== scope)) {
    throw new Error(
      `stack '${name}' (${scope}) must own its contract, got that of '${contract.stack}' (${contract.scope})`,
    );
  }
  return definition;
}

export const instanceName = (zone: Zone, definition: StackDefinition, region: string): string =>
  definition.scope === "global"
    ? `${zone.name}-${definition.name}`
    : `${zone.name}-${definition.name}-${region}`;

/** The instances of a stack in a zone, home first. */
export function instancesOf(zone: Zone, definition: StackDefinition): readonly StackInstance[] {
  const regions = definition.scope === "global" ? [zone.regions.home] : zoneRegions(zone);
  return regions.map((region) => ({
    name: instanceName(zone, definition, region),
    stack: definition.name,
    region,
  }));
}
