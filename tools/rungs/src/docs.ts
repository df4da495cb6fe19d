import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedPages } from "./documents";
import { ROOT } from "./workspace";

/** `npm run docs`: writes the pages that are made from the zones. */
async function main(): Promise<void> {
  for (const { file, content } of await generatedPages()) {
    writeFileSync(join(ROOT, file), content);
    console.log(`wrote ${file}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
