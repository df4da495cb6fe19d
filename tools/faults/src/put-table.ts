import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";

/** The page that keeps what was measured of faults, from the workspace's root. */
const PAGE = join("docs", "reliability.md");

/**
 * Replaces a table in docs/reliability.md, between its two marks: `<!-- name -->` and `<!-- /name -->`.
 *
 * @param root the workspace's
 * @throws LandfallError when the marks are not there
 */
export function putTable(root: string, name: string, table: string): void {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const page = readFileSync(join(root, PAGE), "utf8");
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new LandfallError(`${PAGE} needs the marks ${start} and ${end}`);
  writeFileSync(join(root, PAGE), `${page.slice(0, from)}${start}\n\n${table}\n\n${page.slice(to)}`);
}
