import { type Dirent, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A folder on this machine that provider packages can be installed from. */
export interface ProviderMirror {
  /** The folder that holds the registry's folder: what `filesystem_mirror` takes. */
  readonly path: string;
  /** The provider's versions in it for this platform, e.g. `["5.100.0"]`. */
  readonly versions: readonly string[];
}

export interface MirrorQuery {
  /** e.g. `registry.terraform.io` */
  readonly registry: string;
  /** e.g. `hashicorp/aws` */
  readonly provider: string;
  /** e.g. `linux_amd64` */
  readonly platform: string;
  /** The version that is needed. Default: any. */
  readonly version: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Where images bake a mirror in: searched two levels deep for the registry's folder.
 * Terraform itself looks in none of them, but for the two `terraform/plugins` below.
 */
const usualRoots = ["/usr/local/share", "/usr/share", "/opt"];

/** Terraform's implied mirror folders. See https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function impliedFolders(env: NodeJS.ProcessEnv): string[] {
  const home = env["HOME"] ?? homedir();
  return [
    join(home, ".terraform.d", "plugins"),
    join(env["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "terraform", "plugins"),
    join(home, "Library", "Application Support", "io.terraform", "plugins"),
    "/Library/Application Support/io.terraform/plugins",
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
}

/**
 * Finds a mirror that holds the provider for this platform, in the version asked for.
 *
 * @param roots folders searched two levels deep, after Terraform's implied ones
 */
export function findMirror(
  query: MirrorQuery,
  roots: readonly string[] = usualRoots,
): ProviderMirror | undefined {
  const folders = [...impliedFolders(query.env), ...roots.flatMap((root) => [root, ...subfolders(root)])];
  return folders
    .map((path) => ({ path, versions: versionsIn(path, query) }))
    .find(({ versions }) =>
      query.version === undefined ? versions.length > 0 : versions.includes(query.version),
    );
}

/** Both layouts: unpacked `<version>/<platform>/`, and packed `terraform-provider-<type>_<version>_<platform>.zip`. */
function versionsIn(mirror: string, { registry, provider, platform }: MirrorQuery): string[] {
  const type = provider.split("/")[1] ?? provider;
  const packed = new RegExp(`^terraform-provider-${type}_(.+)_${platform}\\.zip$`);
  const folder = join(mirror, registry, provider);
  return entries(folder).flatMap((entry) => {
    if (entry.isFile()) return packed.exec(entry.name)?.[1] ?? [];
    return entries(join(folder, entry.name)).some(({ name }) => name === platform) ? [entry.name] : [];
  });
}

const subfolders = (folder: string): string[] =>
  entries(folder).flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : []));

/** A folder that is missing or closed to us holds nothing for us. */
function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
