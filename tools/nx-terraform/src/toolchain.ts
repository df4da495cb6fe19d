import { execFile } from "node:child_process";
import {
  constants,
  accessSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

import { LandfallError } from "@landfall/core";

import { type ProviderMirror, findMirror } from "./provider-mirror";

/** The oldest version that locks state in S3 without a table: Terraform and OpenTofu both since 1.10. */
export const oldestVersion = "1.10.1";

/** The provider that every stack uses. */
export const providerName = "hashicorp/aws";

const registries = { terraform: "registry.terraform.io", tofu: "registry.opentofu.org" } as const;

/** The command line tool that applies the synthesized JSON. */
export type Engine = keyof typeof registries;

/** What was found on this machine, and how Terraform is to be started with it. */
export interface Toolchain {
  readonly engine: Engine;
  /** Absolute path of the binary. */
  readonly binary: string;
  /** e.g. `1.11.4` */
  readonly version: string;
  /** Terraform's name of this platform, e.g. `linux_amd64`. */
  readonly platform: string;
  /** Where the provider comes from: a folder on this machine, or `undefined` for the registry. */
  readonly mirror: ProviderMirror | undefined;
  /** The content of the root lock file for this engine's registry; `undefined` when there is none. */
  readonly lock: string | undefined;
  /** The whole environment of Terraform's processes, without anything of AWS. */
  readonly env: Readonly<Record<string, string>>;
}

/** `-1`, `0` or `1`, comparing e.g. `1.9.8` with `1.10.0`; a pre-release counts as its release. */
export function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.split("-")[0]?.split(".").map(Number) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

const install: Readonly<Record<Engine, string>> = {
  terraform: "https://developer.hashicorp.com/terraform/install",
  tofu: "https://opentofu.org/docs/intro/install",
};

/**
 * Finds the engine: `LANDFALL_TERRAFORM` (a name or a path) if set, else `terraform`, else `tofu`.
 *
 * @throws LandfallError when there is none, or when it is too old
 */
export async function findToolchain(root: string, env: NodeJS.ProcessEnv = process.env): Promise<Toolchain> {
  const wanted = env["LANDFALL_TERRAFORM"];
  const binary = (wanted === undefined ? ["terraform", "tofu"] : [wanted])
    .map((name) => findExecutable(name, env["PATH"] ?? ""))
    .find((path) => path !== undefined);
  if (binary === undefined) {
    const what = wanted === undefined ? "Terraform" : `LANDFALL_TERRAFORM="${wanted}"`;
    throw new LandfallError(
      `${what} is not found on this machine; install ${oldestVersion} or newer: ${install.terraform}`,
    );
  }

  const base = { ...withoutOverrides(env), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
  // A CLI configuration file that is missing makes even `version` complain.
  const asked = await askVersion(binary, { ...base, TF_CLI_CONFIG_FILE: "/dev/null" });
  if (compareVersions(asked.version, oldestVersion) < 0) {
    throw new LandfallError(
      `${asked.engine} ${asked.version} (${binary}) is too old: ${oldestVersion} or newer is needed; see ${install[asked.engine]}`,
    );
  }
  const lock = readLock(root, asked.engine);
  const mirror = findMirror({
    registry: registries[asked.engine],
    provider: providerName,
    platform: asked.platform,
    version: lock === undefined ? undefined : lockedVersion(lock, asked.engine),
    env,
  });
  return {
    ...asked,
    binary,
    mirror,
    lock,
    env: { ...base, TF_CLI_CONFIG_FILE: writeCliConfig(root, asked.engine, mirror) },
  };
}

/** Two lines for a person: the engine, and the provider with where it comes from. */
export function describeToolchain(toolchain: Toolchain): string[] {
  const { engine, version, mirror } = toolchain;
  return [
    `${engine} ${version}`,
    `${providerLine(toolchain)}${mirror === undefined ? "" : ` in ${mirror.path}`}`,
  ];
}

/** e.g. `provider hashicorp/aws 5.100.0 from the mirror` */
export function providerLine({ engine, mirror, lock }: Toolchain): string {
  const version =
    (lock === undefined ? undefined : lockedVersion(lock, engine)) ?? mirror?.versions.join(", ") ?? "";
  return `provider ${providerName} ${version} from the ${mirror === undefined ? "registry" : "mirror"}`;
}

/** The provider version that a lock file pins; `undefined` when it has no entry for the provider. */
export function lockedVersion(lock: string, engine: Engine): string | undefined {
  const entry = lock
    .split(/^provider /m)
    .find((block) => block.startsWith(`"${registries[engine]}/${providerName}"`));
  return entry === undefined ? undefined : /version\s*=\s*"([^"]+)"/.exec(entry)?.[1];
}

function readLock(root: string, engine: Engine): string | undefined {
  const file = join(root, ".terraform.lock.hcl");
  const lock = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  return lock !== undefined && lock.includes(`"${registries[engine]}/`) ? lock : undefined;
}

function findExecutable(name: string, path: string): string | undefined {
  const candidates = isAbsolute(name) ? [name] : path.split(delimiter).map((folder) => join(folder, name));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A caller's Terraform settings that would redirect the state, the folder or the arguments of our commands. */
const overrides = /^TF_(?:CLI_ARGS.*|DATA_DIR|WORKSPACE|PLUGIN_CACHE_DIR|CLI_CONFIG_FILE)$/;

const withoutOverrides = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || overrides.test(name) ? [] : [[name, value]],
    ),
  );

/** What `version` prints, e.g. `Terraform v1.11.4\non linux_amd64`. */
export function parseVersion(
  text: string,
): { engine: Engine; version: string; platform: string } | undefined {
  const [, product, version] = /^(Terraform|OpenTofu) v(\S+)/m.exec(text) ?? [];
  const platform = /^on (\S+)/m.exec(text)?.[1];
  if (version === undefined || platform === undefined) return undefined;
  return { engine: product === "OpenTofu" ? "tofu" : "terraform", version, platform };
}

async function askVersion(binary: string, env: Record<string, string>) {
  const answer = await promisify(execFile)(binary, ["version"], { env }).catch(() => undefined);
  const parsed = answer && parseVersion(answer.stdout);
  if (parsed) return parsed;
  throw new LandfallError(
    `${binary} does not answer "version"; install ${oldestVersion} or newer: ${install.terraform}`,
  );
}

/** Writes our CLI configuration file. Several runners may do so at once, so it is put in place whole. */
function writeCliConfig(root: string, engine: Engine, mirror: ProviderMirror | undefined): string {
  const folder = join(root, "dist", "terraform");
  const cache = join(folder, "plugin-cache");
  const provider = `${registries[engine]}/${providerName}`;
  const content =
    mirror === undefined
      ? `plugin_cache_dir = ${JSON.stringify(cache)}\n`
      : [
          "provider_installation {",
          "  filesystem_mirror {",
          `    path    = ${JSON.stringify(mirror.path)}`,
          `    include = ["${provider}"]`,
          "  }",
          "  direct {",
          `    exclude = ["${provider}"]`,
          "  }",
          "}",
          "",
        ].join("\n");
  mkdirSync(mirror === undefined ? cache : folder, { recursive: true });
  const file = join(folder, `${engine}.tfrc`);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
  return file;
}
