import { mkdirSync } from "node:fs";
import { type Zone } from "@landfall/core";
import { App } from "cdktf";
import { instancesOf, type StackDefinition, type StackInstance } from "./definition";
import { placesOf } from "./placement";
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
      for (const place of placesOf(zone, definition)) definition.build(this, { zone, ...place, definition });
      return instancesOf(zone, definition);
    });
    this.orderByContracts();
  }

  /** Tells cdktf which instance waits for which. */
  private orderByContracts(): void {
    const stacks = this.node.children.filter((child): child is ZoneStack => child instanceof ZoneStack);
    for (const stack of stacks) {
      for (const { stack: owner, place } of stack.consumes) {
        const owners = stacks.filter(
          (other) => other.definition.name === owner && other.account.id === place.account.id,
        );
        const match = owners.find((other) => other.region === place.region) ?? owners[0];
        if (match && match !== stack) stack.addDependency(match);
      }
    }
  }
}
