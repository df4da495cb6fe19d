import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { whileLocked } from "./folder-lock";
import { parseTextErrors } from "./failure";
import type { TerraformJson } from "./terraform-json";
import type { CommandOptions, Terraform } from "./terraform-process";
import type { Toolchain } from "./toolchain";
import type { Diagnostic } from "./ui-stream";

export interface InitOptions extends CommandOptions {
  readonly root: string;
  readonly json: TerraformJson;
  readonly toolchain: Toolchain;
  /** Whether the state is going to be read; without it a backend that needs credentials is left alone. */
  readonly backend: boolean;
}

export type InitResult =
  { readonly ran: boolean } | { readonly errors: readonly Diagnostic[]; readonly output: string };

/**
 * Runs `terraform init` if anything that it depends on has changed since it last ran in this folder.
 *
 * With a root lock file, that file is copied in and is the last word on providers. Terraform adds this platform's
 * checksum to the copy where the root file lacks it, but no provider and no other version.
 */
export async function init(terraform: Terraform, options: InitOptions): Promise<InitResult> {
  const { root, cwd, env, json, toolchain } = options;
  const local = json.terraform?.backend === undefined || "local" in json.terraform.backend;
  const backend = options.backend || local;
  const stamp = join(cwd, ".terraform", "landfall-init.json");
  const wanted = {
    backend,
    inputs: fingerprint([json.terraform, toolchain.version, toolchain.lock, toolchain.mirror?.path]),
  };
  const lock = join(cwd, ".terraform.lock.hcl");
  if (existsSync(lock) && covers(stamp, wanted)) return { ran: false };

  if (toolchain.lock === undefined) rmSync(lock, { force: true });
  else writeFileSync(lock, toolchain.lock);
  const run = (...extra: string[]) =>
    terraform.capture(
      ["init", "-no-color", "-input=false", ...(backend ? [] : ["-backend=false"]), ...extra],
      { cwd, env },
    );
  const attempt = async () => {
    if (toolchain.lock === undefined) return run();
    const strict = await run("-lockfile=readonly");
    // The pinned version has no checksum for an unpacked package of this platform: let Terraform verify the download
    // by the ones that there are, and note its own. A provider that isn't pinned has failed above.
    return strict.code === 0 && strict.stdout.includes("Provider lock file not updated") ? run() : strict;
  };
  // Terraform's plugin cache does not bear two writers.
  const { code, stdout, stderr } =
    toolchain.mirror === undefined
      ? await whileLocked(join(root, "dist", "terraform", "plugin-cache.lock"), "init", attempt)
      : await attempt();
  if (code !== 0) return { errors: parseTextErrors(stderr), output: stdout + stderr };
  writeFileSync(stamp, JSON.stringify(wanted));
  return { ran: true };
}

const fingerprint = (inputs: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(inputs)).digest("hex");

/** An earlier run with the backend also serves where none is needed. */
function covers(stamp: string, wanted: { readonly backend: boolean; readonly inputs: string }): boolean {
  if (!existsSync(stamp)) return false;
  const earlier = JSON.parse(readFileSync(stamp, "utf8")) as typeof wanted;
  return earlier.inputs === wanted.inputs && (earlier.backend || !wanted.backend);
}
