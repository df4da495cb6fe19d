import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attackResults, mistakes, needResults, readZone, type RowResult } from "@landfall/permissions";
import { copyWorkspace, filesBelow, synth } from "../workspace";

jest.setTimeout(180_000);

interface Json {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** A resource, and the file of its stack. */
type Found = Readonly<Record<string, unknown>> & { readonly file: string };

const copy = copyWorkspace();
const out = mkdtempSync(join(tmpdir(), "landfall-signing-"));
afterAll(() => {
  for (const folder of [copy, out]) rmSync(folder, { recursive: true, force: true });
});

/** Switches signing on in the copy's zone, as a fork would. */
function switchOn(zone: string): void {
  const file = join(copy, "libs", "zones", zone, "zone.ts");
  const before = readFileSync(file, "utf8");
  const after = before.replace(/^ {2}delivery: \{$/m, "  delivery: {\n    signing: true,");
  if (after === before) throw new Error(`${file} has no section 'delivery'`);
  writeFileSync(file, after);
}

/** The zones with a pipeline on AWS. */
describe.each(["standard", "organization"])("zone %s, once its pipeline signs", (zone) => {
  const folder = join(out, zone);
  let stacks: readonly (readonly [string, Json])[];

  beforeAll(() => {
    switchOn(zone);
    // Every control is judged here too.
    expect(synth(copy, "--zone", zone, "--out", folder)).toMatchObject({ stderr: "", status: 0 });
    stacks = Object.entries(filesBelow(join(folder, "stacks")))
      .filter(([file]) => file.endsWith("cdk.tf.json"))
      .map(([file, content]) => [file, JSON.parse(content.toString()) as Json] as const);
  });

  const all = (type: string) =>
    stacks.flatMap(([file, { resource }]) =>
      Object.values(resource?.[type] ?? {}).map((each): Found => ({ ...each, file })),
    );

  it("has every function of every app take signed code alone", () => {
    const functions = all("aws_lambda_function");
    expect(new Set(functions.map(({ file }) => /-(intake|orders|sentinel)-/.exec(file)?.[1])).size).toBe(3);
    for (const { code_signing_config_arn, source_code_hash } of functions) {
      expect(code_signing_config_arn).toMatch(
        /^\$\{data\.aws_ssm_parameter\.Contract-delivery_codeSigningConfigArn_\w+\.insecure_value\}$/,
      );
      expect(source_code_hash).toMatch(/^\$\{filebase64sha256\("assets\/.*\.zip"\)\}$/);
    }
  });

  it("has the configuration wherever there are functions", () => {
    const placeOf = (file: string) =>
      file.replace(/^\w+-(?:intake|orders|sentinel|delivery)-(.*)\/.*$/, "$1");
    const configured = all("aws_lambda_code_signing_config").map(({ file }) => placeOf(file));
    for (const { file } of all("aws_lambda_function")) expect(configured).toContain(placeOf(file));
  });

  it("lets the stage that signs alone have code signed, and nobody unsign functions", async () => {
    const read = readZone(folder);
    const [attacks, needs] = [await attackResults(read), await needResults(read)];
    expect(mistakes([...attacks, ...needs])).toEqual([]);
    const tried = (results: readonly RowResult[], id: string) =>
      results.find((row) => row.id === id)?.status !== "untried";
    expect(tried(attacks, "sign-code") && tried(attacks, "unsign-functions")).toBe(true);
    expect(tried(needs, "have-code-signed")).toBe(true);
  });
});
