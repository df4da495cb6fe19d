import { mkdirSync } from "node:fs";
import { type Zone } from "@landfall/core";
import { App } from "cdktf";
import { instancesOf, type StackDefinition, type StackInstance } from "./definition";
import { ZoneStack } from "./zone-stack";

export interface ZoneAppProps {
  readonly zone: Zone;
  readonly definitions: readonly StackDefinition[];
  /** Where cdktf writes; made when it is missing. @default CDKTF_OUTDIR, else cdktf.out */
  readonly outdir?: string;
}

/** All instances of the given stacks in one zone, ready to synthesize. */
export class ZoneApp extends App {
  readonly instances: readonly StackInstance[];

  constructor({ zone, definitions, outdir }: ZoneAppProps) {
    const folder = outdir ?? process.env.CDKTF_OUTDIR ?? "cdktf.out";
    mkdirSync(folder, { recursive: true });
    super({ outdir: folder });
    this.instances = definitions.flatMap((definition) => {
      const instances = instancesOf(zone, definition);
      for (const { region } of instances) definition.build(this, { zone, region, definition });
      return instances;
    });
    this.orderByContracts();
  }

  /** Tells cdktf which instance waits for which: a consumer for the owner's instance in its region or, failing that, at home. */
  private orderByContracts(): void {
    const stacks = this.node.children.filter((child): child is ZoneStack => child instanceof ZoneStack);
    for (const stack of stacks) {
      for (const owner of stack.consumes) {
        const owners = stacks.filter((other) => other.definition.name === owner);
        const match = owners.find((other) => other.region === stack.region) ?? owners[0];
        if (match) stack.addDependency(match);
      }
    }
  }
}
