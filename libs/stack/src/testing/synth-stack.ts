import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Zone } from "@landfall/core";
import { defineStack, type StackDefinition, type StackProps } from "../definition";
import { ZoneApp } from "../zone-app";
import { ZoneStack } from "../zone-stack";
import { testZone } from "./zone";

/** Attributes as Terraform JSON holds them. */
export type Attributes = Readonly<Record<string, unknown>>;

type Section = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** A stack's Terraform JSON, with ways to look into it. */
export class SynthesizedStack {
  constructor(
    readonly json: { readonly resource?: Section; readonly data?: Section; readonly [key: string]: unknown },
  ) {}

  /** Every resource of a type, in the order of their addresses. */
  resources(type: string): Attributes[] {
    return Object.values(this.json.resource?.[type] ?? {});
  }

  /** The only resource of a type. @throws Error when there is none or more than one */
  resource(type: string): Attributes {
    const found = this.resources(type);
    if (found.length !== 1 || !found[0]) throw new Error(`expected one ${type}, got: ${found.length}`);
    return found[0];
  }

  /** Every data source of a type. */
  dataSources(type: string): Attributes[] {
    return Object.values(this.json.data?.[type] ?? {});
  }
}

export interface SynthOptions {
  /** @default testZone() */
  readonly zone?: Zone;
  /** @default a global stack named `sample`, in every account, without a contract */
  readonly definition?: Omit<StackDefinition, "build">;
}

const SAMPLE: Omit<StackDefinition, "build"> = { name: "sample", scope: "global", accounts: "every" };

/**
 * Synthesizes whatever `build` puts into a stack, validations and aspects included, the way the whole zone is
 * synthesized.
 *
 * @throws Error what a construct or a validation throws
 */
export function synthStack(build: (stack: ZoneStack) => void, options: SynthOptions = {}): SynthesizedStack {
  const definition = defineStack({
    ...(options.definition ?? SAMPLE),
    build: (scope, props: StackProps) => build(new ZoneStack(scope, props)),
  });
  const instances = synthApp({ zone: options.zone ?? testZone(), definitions: [definition] });
  const [stack] = Object.values(instances);
  if (!stack) throw new Error("nothing was synthesized");
  return stack;
}

/** Synthesizes stacks of a zone, by instance. */
export function synthApp(props: {
  readonly zone: Zone;
  readonly definitions: readonly StackDefinition[];
}): Record<string, SynthesizedStack> {
  const outdir = mkdtempSync(join(tmpdir(), "landfall-synth-"));
  try {
    const app = new ZoneApp({ ...props, outdir });
    app.synth();
    return Object.fromEntries(
      app.instances.map(({ name }) => [
        name,
        new SynthesizedStack(JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"))),
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
