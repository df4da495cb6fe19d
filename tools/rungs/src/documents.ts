import { load } from "@landfall/fsbp";
import { command } from "@landfall/fsbp-cli";
import { attackResults, needResults, permissionsMarkdown, readZone, trustOf } from "@landfall/permissions";
import { reachabilityMarkdown, readZone as readNetwork } from "@landfall/reachability";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mutation, tryMutation } from "./fsbp/mutation";
import { MUTATIONS, ORGANIZATION_MUTATIONS } from "./fsbp/mutations";
import { mutationsMarkdown } from "./fsbp/mutations-markdown";
import { ROOT, synth } from "./workspace";

/** A page that is written from what a zone synthesizes to. */
export interface GeneratedPage {
  /** From the workspace's root. */
  readonly file: string;
  readonly content: string;
}

async function inZone<T>(zone: string, work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `landfall-${zone}-`));
  try {
    const { status, stderr } = synth(ROOT, "--zone", zone, "--out", folder);
    if (status !== 0) throw new Error(stderr);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const mutationsOf = (zone: string, mutations: readonly Mutation[]) =>
  inZone(zone, (folder) => {
    const configuration = load(folder);
    return { zone, results: mutations.map((mutation) => tryMutation(configuration, mutation)) };
  });

const SILENT = { out: { write: () => true }, error: { write: () => true } };

/** The ledger of a zone as a page. */
const controlsOf = (zone: string) =>
  inZone(zone, async (folder) => {
    const page = join(folder, "controls.md");
    await command([folder, "--format", "markdown", "--output", page], SILENT, `zone ${zone}`);
    return readFileSync(page, "utf8");
  });

/** The pages of docs/ that nobody writes by hand: `npm run docs` writes them, a test compares them. */
export async function generatedPages(): Promise<readonly GeneratedPage[]> {
  const permissions = await inZone("organization", async (folder) => {
    const zone = readZone(folder);
    return permissionsMarkdown({
      zone: zone.name,
      attacks: await attackResults(zone),
      needs: await needResults(zone),
      trust: trustOf(zone),
    });
  });
  const reachability = await inZone("local", (folder) => reachabilityMarkdown(readNetwork(folder)));
  const mutations = mutationsMarkdown([
    await mutationsOf("standard", MUTATIONS),
    await mutationsOf("organization", ORGANIZATION_MUTATIONS),
  ]);
  return [
    { file: "docs/controls.md", content: await controlsOf("organization") },
    { file: "docs/fsbp-mutations.md", content: mutations },
    { file: "docs/permissions.md", content: permissions },
    { file: "docs/reachability.md", content: reachability },
  ];
}
