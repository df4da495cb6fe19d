import { paginateGetParametersByPath, SSMClient } from "@aws-sdk/client-ssm";
import { LandfallError } from "@landfall/core";
import { type AwsAddress, clientConfig } from "../functions/aws-clients";

/** Where something is published: a zone, in one region of an emulator. */
export interface ZoneAddress {
  readonly address: AwsAddress;
  /** The zone's name. */
  readonly zone: string;
}

/**
 * The values that a stack of a zone has published in a region, by name.
 *
 * @returns a function that gives a value; it throws a LandfallError for one that is not published
 */
export async function published(
  { address, zone }: ZoneAddress,
  stack: string,
): Promise<(name: string) => string> {
  const client = new SSMClient(clientConfig(address));
  const values = new Map<string, string>();
  const path = `/landfall/${zone}/${stack}`;
  for await (const page of paginateGetParametersByPath({ client }, { Path: path })) {
    for (const { Name = "", Value = "" } of page.Parameters ?? [])
      values.set(Name.split("/").at(-1) ?? "", Value);
  }
  client.destroy();
  return (name) => {
    const value = values.get(name);
    if (value !== undefined) return value;
    const known = [...values.keys()].sort().join(", ") || "none";
    throw new LandfallError(`'${path}' must be one of the published values ${known}, got: ${name}`);
  };
}
