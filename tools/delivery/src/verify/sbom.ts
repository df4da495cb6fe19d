import { Enums, Models, Serialize, SPDX, Spec } from "@cyclonedx/cyclonedx-library";
import { PackageURL } from "packageurl-js";

/** What package-lock.json says of a package, as far as it is read. */
export interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  /** Subresource integrity, e.g. `sha512-…`. */
  readonly integrity?: string;
}

/** `packages` of package-lock.json: by the folder that the package lies in, e.g. `node_modules/zod`. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** A zip that is deployed. */
export interface BundledFunction {
  /** The TypeScript file of the handler, e.g. `apps/intake/src/catalogue.function.ts`. */
  readonly entry: string;
  /** SHA-256 of the zip, in hexadecimal. */
  readonly sha256: string;
  /** The files that esbuild put into it, from the workspace's root. */
  readonly inputs: readonly string[];
}

/**
 * The bill of materials of a bundle, CycloneDX 1.6 as JSON: each package of which at least one file is in the bundle, with
 * its version, licence and hash by the lock file. The same bundle gives the same bytes.
 *
 * @throws Error where a bundled package is not in the lock file
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf({ entry, sha256, inputs }: BundledFunction, lock: LockedPackages): string {
  const bom = new Models.Bom();
  bom.metadata.component = new Models.Component(Enums.ComponentType.Application, entry, {
    bomRef: entry,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-256"], sha256]]),
  });
  for (const folder of packagesOf(inputs, lock)) bom.components.add(componentOf(folder, lock[folder]));
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/** The lock file's keys of the packages that files belong to: the longest one that a file lies below. */
function packagesOf(inputs: readonly string[], lock: LockedPackages): string[] {
  const found = inputs.map((input) => {
    // A linked installation leads out of the workspace; what counts begins at the first node_modules.
    const path = input.replace(/^.*?(?=node_modules\/)/, "");
    const external = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    return external ?? ownPackage(path, lock);
  });
  return [...new Set(found)].sort();
}

/** e.g. `libs/core` for `libs/core/src/index.ts` */
function ownPackage(path: string, lock: LockedPackages): string {
  const parts = path.split("/");
  const folders = parts.map((_, index) => parts.slice(0, parts.length - index - 1).join("/"));
  return folders.find((folder) => folder !== "" && lock[folder] !== undefined) ?? path;
}

function componentOf(folder: string, locked: LockedPackage | undefined): Models.Component {
  if (locked === undefined) throw new Error(`${folder} is bundled and not in package-lock.json: npm install`);
  const external = folder.includes("node_modules/");
  const full = locked.name ?? folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
  const [group, name] = full.startsWith("@") ? full.split("/") : [undefined, full];
  const { version, license, integrity } = locked;
  const component = new Models.Component(Enums.ComponentType.Library, name ?? full, {
    bomRef: folder,
    ...(group === undefined ? {} : { group }),
    ...(version === undefined ? {} : { version }),
  });
  if (external) {
    component.purl = new PackageURL("npm", group, name ?? full, version, undefined, undefined).toString();
  }
  if (license !== undefined) component.licenses.add(licenseOf(license));
  const hash = /^sha512-(.+)$/.exec(integrity ?? "")?.[1];
  if (hash !== undefined) {
    component.hashes.set(Enums.HashAlgorithm["SHA-512"], Buffer.from(hash, "base64").toString("hex"));
  }
  return component;
}

/** An SPDX id or expression where it is one, else the words that the package uses. */
function licenseOf(text: string): Models.SpdxLicense | Models.LicenseExpression | Models.NamedLicense {
  if (SPDX.isSupportedSpdxId(text)) return new Models.SpdxLicense(text);
  return / (?:OR|AND|WITH) /.test(text) ? new Models.LicenseExpression(text) : new Models.NamedLicense(text);
}
