import { isRecord } from "./fingerprint/record";

/** A Terraform state, as `terraform state pull` gives it (format version 4). */
export interface State {
  /** Names the state, for as long as it lives. */
  readonly lineage?: string;
  /** Counted up by Terraform at each change. */
  readonly serial?: number;
  readonly resources?: readonly StateResource[];
}

/** A resource of a state, or a data source that it keeps the answer of. */
export interface StateResource {
  readonly mode: "managed" | "data";
  /** e.g. `module.vpc`; left out in the root module. */
  readonly module?: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly attributes: Readonly<Record<string, unknown>>;
    /** Half made, to be replaced. */
    readonly status?: "tainted";
    /** The key of an object that has been replaced, and is not destroyed yet. */
    readonly deposed?: string;
  }[];
}

/** A contract value that a stack has published. */
export interface PublishedValue {
  /** The name below the zone's prefix, e.g. `network/vpcId`. */
  readonly name: string;
  /** The value; `undefined` for one that is kept secret. */
  readonly value: string | undefined;
}

/** @param text what `terraform state pull` prints: nothing at all when there is no state yet */
export const parseState = (text: string): State => (text.trim() === "" ? {} : (JSON.parse(text) as State));

const managed = ({ resources = [] }: State) =>
  resources.filter((resource) => resource.mode === "managed" && !isRecord(resource));

/** How many managed resource instances a state holds, without the runner's own record. */
export const countInState = (state: State): number =>
  managed(state).reduce((sum, { instances }) => sum + instances.length, 0);

/**
 * The SSM parameters in a state that carry the zone's prefix, by name.
 *
 * @param zone the zone's name
 */
export function publishedValues(state: State, zone: string): PublishedValue[] {
  const prefix = `/landfall/${zone}/`;
  return managed(state)
    .filter(({ type }) => type === "aws_ssm_parameter")
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes))
    .map(({ name, type, value, insecure_value: insecure }) => ({
      name: String(name),
      value: type === "SecureString" ? undefined : String(insecure ?? value),
    }))
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, value }) => ({ name: name.slice(prefix.length), value }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
