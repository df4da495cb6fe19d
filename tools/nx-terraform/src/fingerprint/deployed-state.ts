import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type State, parseState } from "../state";
import type { TerraformJson } from "../terraform-json";
import { clientConfig } from "./parameters";

interface Backends {
  readonly local?: { readonly path?: string };
  readonly s3?: {
    readonly bucket: string;
    readonly key: string;
    readonly region: string;
    readonly assume_role?: unknown;
  };
}

/**
 * Reads a state straight from where its backend keeps it: that spares a `terraform init` and a `terraform state pull`.
 *
 * @param folder the working folder, which a local backend's path is relative to
 * @param env the environment of Terraform's processes
 * @returns an empty state where there is none yet; `undefined` when it can't be read this way
 */
export async function readDeployedState(
  json: TerraformJson,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<State | undefined> {
  const { local, s3 } = (json.terraform?.backend ?? {}) as Backends;
  try {
    if (local !== undefined) {
      const file = join(folder, local.path ?? "terraform.tfstate");
      return existsSync(file) ? parseState(readFileSync(file, "utf8")) : {};
    }
    // A role for the state is an administrator's: those stacks are none of the deployer's.
    return s3 === undefined || s3.assume_role !== undefined ? undefined : await readObject(s3, env);
  } catch {
    return undefined;
  }
}

async function readObject(
  { bucket, key, region }: NonNullable<Backends["s3"]>,
  env: Readonly<Record<string, string>>,
): Promise<State> {
  const { GetObjectCommand, NoSuchKey, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client(clientConfig(region, env));
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return parseState((await Body?.transformToString()) ?? "");
  } catch (error) {
    if (error instanceof NoSuchKey) return {};
    throw error;
  } finally {
    client.destroy();
  }
}
