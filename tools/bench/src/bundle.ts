import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunction } from "@landfall/function";
import { unzipSync } from "fflate";
import { type Figures, median, ratio } from "./table";
import { timed } from "./timed";

const RUNS = 15;
const KB = 1024;

/** What the function reads when it loads. */
const ENVIRONMENT = {
  AWS_REGION: "eu-west-1",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  CATALOGUE_TABLE: "catalogue",
  IDEMPOTENCY_TABLE: "idempotency",
  DEAD_LETTER_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/dead-letters",
  MAX_DOCUMENT_BYTES: "1048576",
  POWERTOOLS_SERVICE_NAME: "intake",
  POWERTOOLS_METRICS_NAMESPACE: "Landfall",
  NODE_OPTIONS: "--enable-source-maps",
};

/** The intake function as it is deployed, beside a handler that does nothing, bundled in the same way. */
export function benchBundle(root: string): Figures {
  const empty = join(mkdtempSync(join(tmpdir(), "landfall-bench-")), "empty.function.ts");
  writeFileSync(empty, "export const handler = async (): Promise<void> => undefined;\n");
  const [none, intake] = [empty, "apps/intake/src/catalogue.function.ts"].map((entry) =>
    measure(root, entry),
  );
  if (!none || !intake) throw new Error("two bundles were measured");
  const row = (what: string, { zip, code, load, whole }: Measured) => [
    what,
    `${(zip / KB).toFixed(0)} KB`,
    `${(code / KB).toFixed(0)} KB`,
    `${load.toFixed(0)} ms`,
    `${whole.toFixed(0)} ms`,
    ratio(whole, none.whole),
  ];
  return {
    columns: ["function", "zip", "code", "load the code", "whole process", "beside the empty handler"],
    rows: [row("empty handler", none), row("intake, catalogue", intake)],
  };
}

interface Measured {
  readonly zip: number;
  readonly code: number;
  readonly load: number;
  readonly whole: number;
}

function measure(root: string, entry: string): Measured {
  const { zip } = bundleFunction(entry, root);
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  mkdirSync(folder, { recursive: true });
  const files = unzipSync(zip);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const script = `const from = performance.now(); require("./index.js"); process.stdout.write(String(performance.now() - from), () => process.exit(0));`;
  const runs = Array.from({ length: RUNS }, () =>
    timed(["-e", script], folder, { PATH: process.env.PATH, ...ENVIRONMENT }),
  );
  return {
    zip: zip.length,
    code: files["index.js"]?.length ?? 0,
    load: median(runs.map(({ stdout }) => Number(stdout))),
    whole: median(runs.map(({ milliseconds }) => milliseconds)),
  };
}
