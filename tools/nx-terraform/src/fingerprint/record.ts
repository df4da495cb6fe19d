import type { StateResource, State } from "../state";
import { type TerraformJson, resourcesOf } from "../terraform-json";
import type { ConsumedValue } from "./consumed";

/** The resource in which an instance's state keeps what it was last made from. */
const TYPE = "terraform_data";
const NAME = "landfall_fingerprint";

/** What an instance was last made from, wholly. */
export interface Deployed {
  readonly fingerprint: string;
  /** The consumed values that it was made with, by data block. */
  readonly consumed: Readonly<Record<string, string>>;
}

/**
 * The configuration of the record, to stand beside the instance's own.
 *
 * It waits for every other resource, so an apply that fails or is cut short leaves the old one. An output would not do:
 * Terraform takes one whose value it knows into the state before anything is applied. The consumed values are in it so that
 * a new one is applied and noted even where no resource of AWS changes with it.
 */
export function recordBlocks(
  json: TerraformJson,
  fingerprint: string,
  consumed: readonly ConsumedValue[],
): TerraformJson {
  const modules = Object.keys((json["module"] ?? {}) as object).map((name) => `module.${name}`);
  const after = [...resourcesOf(json).map(({ address }) => address), ...modules];
  const values = consumed.map(({ block }) => [block, `\${data.aws_ssm_parameter.${block}.insecure_value}`]);
  const input = { fingerprint, consumed: Object.fromEntries(values) as Record<string, string> };
  return { resource: { [TYPE]: { [NAME]: { input, depends_on: after } } } };
}

export const isRecordAddress = (address: string): boolean => address === `${TYPE}.${NAME}`;

export const isRecord = ({ type, name }: { readonly type: string; readonly name: string }): boolean =>
  type === TYPE && name === NAME;

/** @returns `undefined` when nothing was deployed yet, or not by a runner that kept a record */
export function deployedIn({ resources = [] }: State): Deployed | undefined {
  const record = resources.find((resource) => resource.mode === "managed" && isRecord(resource));
  const [instance] = record?.instances ?? [];
  // A value of a type that only the configuration decides is kept together with its type.
  const input = instance?.attributes["input"] as { readonly value?: Partial<Deployed> } | undefined;
  const { fingerprint, consumed = {} } = input?.value ?? {};
  return fingerprint === undefined || instance?.status === "tainted" ? undefined : { fingerprint, consumed };
}

/**
 * The resources of a state that something is left to do about, whatever the configuration is: those that it no longer has,
 * and what an earlier apply could not finish.
 */
export function unfinished(json: TerraformJson, { resources = [] }: State): string[] {
  const declared = new Set(resourcesOf(json).map(({ address }) => address));
  const addressOf = ({ module, type, name }: StateResource) =>
    [...(module === undefined ? [] : [module]), type, name].join(".");
  return resources
    .filter((resource) => resource.mode === "managed" && !isRecord(resource))
    .filter((resource) => {
      const known = resource.module !== undefined || declared.has(addressOf(resource));
      return (
        !known ||
        resource.instances.some(({ status, deposed }) => status === "tainted" || deposed !== undefined)
      );
    })
    .map(addressOf);
}
