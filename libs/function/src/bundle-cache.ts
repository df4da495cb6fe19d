import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** The code of a function, as it is deployed. */
export interface Bundle {
  readonly zip: Uint8Array;
  /** The zip's SHA-256 in base64: Lambda's `CodeSha256`. */
  readonly sha256: string;
}

/** What is remembered of a bundle: it is the same again while all of this is. */
interface Record {
  readonly settings: string;
  /** The SHA-256 of each of our own files in it, by its path from the root. */
  readonly inputs: Readonly<{ [file: string]: string }>;
  readonly sha256: string;
}

/** Where a function may import from, beside the packages. */
const OWN_FOLDERS = ["apps", "libs"];

/** What npm writes last of all when it changes the packages. */
const INSTALLED = join("node_modules", ".package-lock.json");

/** What makes a zip of what the bundler writes. */
const MAKER = "libs/function/src/";

const hash = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("base64");

const isOwn = (file: string): boolean => !file.split(/[\\/]/).includes("node_modules");

/** Where the zip of a bundle is kept, by its content. */
export const zipFile = (root: string, { sha256 }: Pick<Bundle, "sha256">): string =>
  join(root, "dist", "bundles", sha256.replace(/\W/g, "").slice(0, 16), "function.zip");

/**
 * Remembers bundles below `dist/bundles`, so that a function is built once and not at every synthesis.
 *
 * A bundle is reused only while everything that decides its bytes is what it was: the content of our own files in it, the
 * paths of all our source files (a new one may be found before another by an import), each `package.json` and `tsconfig`,
 * this library, the packages as npm has installed them, and the bundler with its options. A package edited by hand in `node_modules` is
 * not noticed: delete `dist/bundles` after that.
 */
export class BundleCache {
  private readonly settings: string | undefined;

  /**
   * @param root the workspace's root
   * @param bundler what the bundler is and how it is called, as text
   */
  constructor(
    private readonly root: string,
    bundler: string,
  ) {
    const installed = join(root, INSTALLED);
    // Without npm's own record it is not known what the packages are.
    this.settings = existsSync(installed)
      ? hash([bundler, hash(readFileSync(installed)), ...sourcesIn(root)].join("\n"))
      : undefined;
  }

  /** The bundle of an entry as it would be built now, when it was built before. */
  find(entry: string): Bundle | undefined {
    const record = this.settings === undefined ? undefined : this.read(entry);
    if (record === undefined || record.settings !== this.settings) return undefined;
    const isSame = Object.entries(record.inputs).every(([file, expected]) => {
      const path = join(this.root, file);
      return existsSync(path) && hash(readFileSync(path)) === expected;
    });
    const zip = zipFile(this.root, record);
    if (!isSame || !existsSync(zip)) return undefined;
    const bundle = { zip: readFileSync(zip), sha256: record.sha256 };
    return hash(bundle.zip) === bundle.sha256 ? bundle : undefined;
  }

  /** @param inputs every file in the bundle, from the root */
  keep(entry: string, bundle: Bundle, inputs: readonly string[]): void {
    writeWhole(zipFile(this.root, bundle), bundle.zip);
    if (this.settings === undefined) return;
    const own = inputs.filter(isOwn).sort();
    const record: Record = {
      settings: this.settings,
      inputs: Object.fromEntries(own.map((file) => [file, hash(readFileSync(join(this.root, file)))])),
      sha256: bundle.sha256,
    };
    writeWhole(this.recordFile(entry), JSON.stringify(record));
  }

  private read(entry: string): Record | undefined {
    try {
      return JSON.parse(readFileSync(this.recordFile(entry), "utf8")) as Record;
    } catch {
      // None yet, or none that can be read: it is built anew and written over.
      return undefined;
    }
  }

  private recordFile(entry: string): string {
    const id = hash(entry).replace(/\W/g, "").slice(0, 16);
    return join(this.root, "dist", "bundles", "built", `${id}.json`);
  }
}

/** The paths of our source files, and the content of those that tell how to find, read and pack them. */
function sourcesIn(root: string): string[] {
  const listed = OWN_FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const files = [...listed, ...readdirSync(root).filter((file) => file.startsWith("tsconfig"))];
  return files
    .filter(isOwn)
    .map((file) => file.split(sep).join("/"))
    .sort()
    .map((file) => (tells(file) ? `${file} ${hash(readFileSync(join(root, file)))}` : file));
}

const tells = (file: string): boolean =>
  /(?:^|\/)(?:package|tsconfig[\w.]*)\.json$/.test(file) || (file.startsWith(MAKER) && file.endsWith(".ts"));

/** Several stacks may be synthesized at once: a file that is there is whole. */
function writeWhole(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
}
