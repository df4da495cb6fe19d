import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";

/** Arguments of a resource, as they are synthesized. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A stack as Terraform would get it. */
export interface SynthesizedStack {
  /** Of the JSON, with the assets below it. */
  readonly folder: string;
  /** By type and id. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
}

/** Synthesizes one stack of the local zone into a folder of its own. */
export function synthesize(root: string, stack: string): SynthesizedStack {
  const out = mkdtempSync(join(tmpdir(), "landfall-faults-"));
  const command = [join(root, "tools", "synth", "synth.mjs")];
  execFileSync(process.execPath, [...command, "--zone", "local", "--stack", stack, "--out", out], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [instance = ""] = readdirSync(join(out, "stacks")).sort();
  const folder = join(out, "stacks", instance);
  const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as {
    readonly resource: SynthesizedStack["resources"];
  };
  return { folder, resources: resource };
}

/**
 * The stack with another timeout of its functions. What a killed function worked on can be tried again only when its time
 * would have been up, so that a short one makes a run short.
 */
export const withFunctionTimeout = (stack: SynthesizedStack, timeout: number): SynthesizedStack => {
  const functions = Object.entries(stack.resources["aws_lambda_function"] ?? {});
  const changed = Object.fromEntries(functions.map(([id, each]) => [id, { ...each, timeout }]));
  return { ...stack, resources: { ...stack.resources, aws_lambda_function: changed } };
};

/** What AWS would answer for a resource beyond its arguments, e.g. its ARN. */
export type Attributes = (type: string, resource: Arguments) => Readonly<Record<string, string>>;

const REFERENCE = /\$\{((?:data\.)?[\w-]+)\.([\w-]+)\.(\w+)[^}]*\}/g;

/**
 * Replaces the references in a value, whatever its shape, by what they stand for. What other stacks publish is empty.
 *
 * @throws LandfallError for a reference to what is not in the stack
 */
export function resolveReferences(value: unknown, stack: SynthesizedStack, attributes: Attributes): unknown {
  if (Array.isArray(value)) return value.map((each) => resolveReferences(each, stack, attributes));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([name, each]) => [
      name,
      resolveReferences(each, stack, attributes),
    ]);
    return Object.fromEntries(entries);
  }
  if (typeof value !== "string") return value;
  return value.replace(REFERENCE, (whole, type: string, id: string, name: string) => {
    if (type.startsWith("data.")) return "";
    const resource = stack.resources[type]?.[id];
    if (!resource) throw new LandfallError(`${whole} is not in the stack`);
    const found = resource[name] ?? attributes(type, resource)[name];
    const resolved = resolveReferences(found, stack, attributes);
    if (typeof resolved !== "string") throw new LandfallError(`${whole} is not known before it is deployed`);
    return resolved;
  });
}
