import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";

/** The largest file that is read, in bytes: what is larger is no configuration that a person or cdktf has written. */
const LARGEST_BYTES = 256 * 1024 * 1024;

const HCL_HINT =
  "judge its plan: terraform plan -out plan.tfplan && terraform show -json plan.tfplan > plan.json";

/** Folders that hold what tools keep beside a configuration. */
const SKIPPED = /^(?:\..*|node_modules|assets)$/;

/** The files to read, and the folders in which there is HCL. */
export interface Files {
  readonly files: readonly string[];
  readonly hclFolders: readonly string[];
}

/**
 * The files of a configuration: the one that is named, or every `*.tf.json` of a folder and below it.
 *
 * @throws LandfallError when there is none
 */
export function filesIn(path: string): Files {
  if (!existsSync(path)) throw new LandfallError(`There is no ${path}`);
  if (!statSync(path).isDirectory()) {
    if (path.endsWith(".tf")) throw new LandfallError(`${path} is HCL, not JSON; ${HCL_HINT}`);
    return { files: [path], hclFolders: [] };
  }
  const files: string[] = [];
  const hclFolders: string[] = [];
  const plans: string[] = [];
  const open = [path];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = list(folder);
    // A link to a folder is not followed: it may lead back.
    open.push(...entries.flatMap((entry) => (entry.isDirectory() ? [entry.path] : [])).reverse());
    const found = entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.path]));
    files.push(...found.filter((file) => file.endsWith(".tf.json")));
    plans.push(...found.filter((file) => /plan[^/\\]*\.json$/i.test(file)));
    if (found.some((file) => file.endsWith(".tf"))) hclFolders.push(folder);
  }
  if (files.length > 0) return { files, hclFolders };
  const [hcl] = hclFolders;
  if (hcl !== undefined) throw new LandfallError(`${path} holds HCL, not JSON; ${HCL_HINT}`);
  const [plan] = plans;
  const hint = plan === undefined ? "" : `. Is ${plan} a plan? Then name the file itself`;
  throw new LandfallError(`${path} holds no Terraform JSON: no *.tf.json in it or below${hint}`);
}

interface Entry {
  readonly path: string;
  readonly isDirectory: () => boolean;
}

function list(folder: string): readonly Entry[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !SKIPPED.test(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => ({ path: join(folder, entry.name), isDirectory: () => entry.isDirectory() }));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** @throws LandfallError when it is no JSON, or too large */
export function parse(file: string): unknown {
  const text = read(file);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new LandfallError(`${file} is no JSON: ${oneLine(error)}`);
  }
}

function read(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_BYTES) {
      const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
      throw new LandfallError(
        `${file} has ${megabytes(size)} MB: at most ${megabytes(LARGEST_BYTES)} MB are read`,
      );
    }
    if (isZip(file)) {
      throw new LandfallError(
        `${file} is a plan as Terraform saves it; convert it: terraform show -json ${file} > plan.json`,
      );
    }
    // Some editors and shells begin a file with a mark of its encoding.
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw error instanceof LandfallError ? error : unreadable(file, error);
  }
}

function isZip(file: string): boolean {
  const start = Buffer.alloc(4);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return start.toString("latin1") === "PK\u0003\u0004";
}

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 200);

const unreadable = (path: string, error: unknown): LandfallError =>
  new LandfallError(`${path} can't be read: ${oneLine(error)}`);
