import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, type JsonRecord } from "@landfall/terraform-graph";
import { listOf, parseObject } from "./json";

/** An AWS account of a zone, as far as permissions are concerned. */
export interface ZoneAccount {
  readonly name: string;
  /** 12 digits. */
  readonly id: string;
  /** Service control policies do not affect it. */
  readonly management: boolean;
  readonly email?: string;
}

/** One Terraform state of a zone. */
export interface Instance {
  /** e.g. `sandbox-network-eu-west-1`. */
  readonly name: string;
  /** The stack's name, e.g. `network`. */
  readonly stack: string;
  /** The account's id. */
  readonly account: string;
  readonly region: string;
  /** Its `cdk.tf.json`. */
  readonly json: JsonRecord;
}

/** A synthesized zone as it lies on disk. */
export interface ZoneFiles {
  readonly name: string;
  /** Home first. */
  readonly regions: readonly string[];
  /** The home account first. */
  readonly accounts: readonly ZoneAccount[];
  /** Whether the log archive is locked in `governance` mode, where a break-glass role may still delete. */
  readonly governance: boolean;
  readonly instances: readonly Instance[];
}

/**
 * Reads what the synthesizer wrote: `zone.json` and `stacks/<instance>/cdk.tf.json`.
 *
 * @param folder an output folder of `tools/synth/synth.mjs`, of a whole zone
 * @throws Error naming the file and what is missing in it
 */
export function readZoneFiles(folder: string): ZoneFiles {
  const file = join(folder, "zone.json");
  const { zone, instances } = parseObject(readFileSync(file, "utf8"), file);
  if (!isRecord(zone)) throw new Error(`${file} must hold a zone, got: ${JSON.stringify(zone)}`);
  const accounts = accountsOf(zone, file);
  const { home, recovery } = isRecord(zone.regions) ? zone.regions : {};
  return {
    name: stringIn(zone, "name", file),
    regions: [home, recovery].filter((region) => typeof region === "string"),
    accounts,
    governance: isRecord(zone.retention) && zone.retention.lock !== "compliance",
    instances: listOf(instances).map((instance) => readInstance(folder, file, accounts, instance)),
  };
}

const stringIn = (object: unknown, key: string, file: string): string => {
  const value = isRecord(object) ? object[key] : undefined;
  if (typeof value !== "string")
    throw new Error(`'${key}' in ${file} must be a text, got: ${JSON.stringify(value)}`);
  return value;
};

/** The accounts of a zone; one that only names `account` has that one. */
function accountsOf(zone: JsonRecord, file: string): readonly ZoneAccount[] {
  if (!Array.isArray(zone.accounts)) {
    return [{ name: "main", id: stringIn(zone, "account", file), management: false }];
  }
  return zone.accounts.map((account: unknown) => ({
    name: stringIn(account, "name", file),
    id: stringIn(account, "id", file),
    management: isRecord(account) && listOf(account.duties).includes("management"),
    ...(isRecord(account) && typeof account.email === "string" ? { email: account.email } : {}),
  }));
}

function readInstance(
  folder: string,
  file: string,
  accounts: readonly ZoneAccount[],
  instance: unknown,
): Instance {
  const name = stringIn(instance, "name", file);
  const path = join(folder, "stacks", name, "cdk.tf.json");
  if (!existsSync(path))
    throw new Error(`${path} must exist: synthesize the whole zone, not one stack of it`);
  return {
    name,
    stack: stringIn(instance, "stack", file),
    account: accountOf(instance, accounts, file),
    region: stringIn(instance, "region", file),
    json: parseObject(readFileSync(path, "utf8"), path),
  };
}

/** The account's id of an instance: its own, or that of the zone's only account. */
function accountOf(instance: unknown, accounts: readonly ZoneAccount[], file: string): string {
  const [only, ...others] = accounts;
  if (isRecord(instance) && instance.accountId === undefined && only && others.length === 0) return only.id;
  return stringIn(instance, "accountId", file);
}
