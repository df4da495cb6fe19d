import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";

/** The contract values of a stack in a zone, by their parameters' names, e.g. `/landfall/local/network/vpcId`. */
export interface StackValues {
  readonly stack: string;
  /** The instances, e.g. `local-network-eu-west-1`; none where the zone has no use for the stack. */
  readonly instances: readonly string[];
  readonly consumes: ReadonlySet<string>;
  /** The name of each published value, by the address of its resource. */
  readonly publishes: ReadonlyMap<string, string>;
}

type Blocks = Readonly<Record<string, { readonly name?: unknown }>>;

interface Synthesized {
  readonly resource?: { readonly aws_ssm_parameter?: Blocks };
  readonly data?: { readonly aws_ssm_parameter?: Blocks };
}

/**
 * Reads which values each stack of a zone publishes and consumes from what was synthesized: no import and no graph is
 * asked, since only a value that is really read makes a stack wait.
 *
 * @param synth the folder of the zone's synthesis, with one folder for each stack
 * @throws LandfallError where a parameter's name is not written out, so that nobody can tell what it is
 */
export const contractValues = (synth: string): StackValues[] =>
  readdirSync(synth)
    .sort()
    .map((stack) => valuesOf(stack, join(synth, stack, "stacks")));

function valuesOf(stack: string, folder: string): StackValues {
  const instances = existsSync(folder) ? readdirSync(folder).sort() : [];
  const consumes = new Set<string>();
  const publishes = new Map<string, string>();
  for (const instance of instances) {
    const file = join(folder, instance, "cdk.tf.json");
    const { resource, data } = JSON.parse(readFileSync(file, "utf8")) as Synthesized;
    for (const { name } of Object.values(data?.aws_ssm_parameter ?? {})) consumes.add(literal(name, file));
    for (const [id, { name }] of Object.entries(resource?.aws_ssm_parameter ?? {})) {
      publishes.set(`aws_ssm_parameter.${id}`, literal(name, file));
    }
  }
  return { stack, instances, consumes, publishes };
}

function literal(name: unknown, file: string): string {
  if (typeof name === "string" && !name.includes("${")) return name;
  throw new LandfallError(
    `The name of a parameter in ${file} must be written out, got: ${JSON.stringify(name)}`,
  );
}
