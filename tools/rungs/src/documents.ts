import { attackResults, needResults, permissionsMarkdown, readZone, trustOf } from "@landfall/permissions";
import { reachabilityMarkdown, readZone as readNetwork } from "@landfall/reachability";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  return [
    { file: "docs/permissions.md", content: permissions },
    { file: "docs/reachability.md", content: reachability },
  ];
}
