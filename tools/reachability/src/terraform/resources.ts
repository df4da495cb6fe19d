import { Graph, type Resource } from "@landfall/terraform-graph";
import { computed } from "./computed";
import { type SynthesizedZone } from "./zone";

/** All resources of a zone, and what their references come to, with what a network's addresses can be derived from. */
export class Resources extends Graph {
  constructor(zone: SynthesizedZone) {
    super({ stacks: zone.instances }, (graph, resource, name) => computed(graph, resource, name));
  }

  /** The contract values with this name, e.g. `isolatedSubnetIds`, in every account and region that has one. */
  published(name: string): readonly Resource[] {
    return this.ofType("aws_ssm_parameter").filter((resource) => {
      const full = this.attribute(resource, "name");
      return typeof full === "string" && full.endsWith(`/${name}`);
    });
  }
}
