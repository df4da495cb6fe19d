import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunction } from "@landfall/function";
import { unzipSync } from "fflate";
import { type Figures, median, ratio } from "./table";
import { timed } from "./timed";
import { withoutPowertools } from "./without-powertools";

const RUNS = 15;
const KB = 1024;

/** What the settings of every function ask for, when the zone says nothing that is known before a deploy. */
const KNOWN_LATER = "https://sqs.eu-west-1.amazonaws.com/123456789012/known-later";

const RUNTIME = {
  AWS_REGION: "eu-west-1",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  NODE_OPTIONS: "--enable-source-maps",
};

type Variables = Readonly<Record<string, string>>;

/** Every function of the apps as it is deployed, beside the same without Powertools, and a handler that does nothing. */
export function benchBundle(root: string): Figures {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  writeFileSync(
    join(folder, "empty.function.ts"),
    "export const handler = async (): Promise<void> => undefined;\n",
  );
  const empty = measure(bundleFunction(join(folder, "empty.function.ts"), root).zip, {});
  const stubbed = withoutPowertools(root);
  const environments = environmentsOf(root);
  const rows = entries(root).map((entry) => {
    const { zip, sha256 } = bundleFunction(entry, root);
    const environment = environments.get(sha256);
    if (environment === undefined) throw new Error(`no function of the zone is made of ${entry}`);
    const whole = measure(zip, environment);
    return row(entry, whole, measure(bundleFunction(entry, stubbed).zip, environment));
  });
  return {
    columns: ["function", "zip", "code", "load the code", "without Powertools", "beside that"],
    rows: [["empty handler", kb(empty.zip), kb(empty.code), ms(empty.load), "", ""], ...rows],
  };
}

const kb = (bytes: number) => `${(bytes / KB).toFixed(0)} KB`;
const ms = (milliseconds: number) => `${milliseconds.toFixed(0)} ms`;

const row = (entry: string, { zip, code, load }: Measured, without: Measured): string[] => {
  const [, app = "", , file = ""] = entry.split("/");
  return [
    `${app}, ${file.replace(".function.ts", "")}`,
    kb(zip),
    kb(code),
    ms(load),
    ms(without.load),
    ratio(load, without.load),
  ];
};

const entries = (root: string): string[] =>
  readdirSync(join(root, "apps")).flatMap((app) =>
    readdirSync(join(root, "apps", app, "src"))
      .filter((file) => file.endsWith(".function.ts"))
      .map((file) => `apps/${app}/src/${file}`),
  );

/** The environment of each function of the zone `local`, by the hash of its code. */
function environmentsOf(root: string): ReadonlyMap<string, Variables> {
  const out = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  timed(["tools/synth/synth.mjs", "--zone", "local", "--out", out], root);
  const stacks = readdirSync(join(out, "stacks")).map(
    (name) =>
      JSON.parse(readFileSync(join(out, "stacks", name, "cdk.tf.json"), "utf8")) as {
        readonly resource?: {
          readonly aws_lambda_function?: Readonly<
            Record<string, { source_code_hash: string; environment: { variables: Variables } }>
          >;
        };
      },
  );
  return new Map(
    stacks
      .flatMap(({ resource }) => Object.values(resource?.aws_lambda_function ?? {}))
      .map(({ source_code_hash, environment }) => [
        source_code_hash,
        Object.fromEntries(
          Object.entries(environment.variables).map(([name, value]) => [
            name,
            value.includes("${") ? KNOWN_LATER : value,
          ]),
        ),
      ]),
  );
}

interface Measured {
  readonly zip: number;
  readonly code: number;
  readonly load: number;
}

function measure(zip: Uint8Array, environment: Variables): Measured {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  const files = unzipSync(zip);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const script = `const from = performance.now(); require("./index.js"); process.stdout.write(String(performance.now() - from), () => process.exit(0));`;
  const runs = Array.from({ length: RUNS }, () =>
    timed(["-e", script], folder, { PATH: process.env.PATH, ...RUNTIME, ...environment }),
  );
  return {
    zip: zip.length,
    code: files["index.js"]?.length ?? 0,
    load: median(runs.map(({ stdout }) => Number(stdout))),
  };
}
