import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { LandfallError } from "@landfall/core";
import { Graph } from "@landfall/terraform-graph";
import { load } from "./load";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-load-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files by their paths in the folder. */
function given(files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
}

const bucket = (name: string, block: object = {}) => ({ resource: { aws_s3_bucket: { [name]: block } } });
const labels = (path = folder) => new Graph(load(path)).all.map(({ label }) => label);

describe("load", () => {
  it("names a stack after its folder", () => {
    given({ "stacks/a-network/cdk.tf.json": bucket("n"), "stacks/a-app/cdk.tf.json": bucket("a") });
    expect(labels()).toEqual(["a-app/aws_s3_bucket.a", "a-network/aws_s3_bucket.n"]);
  });

  it("keeps two folders of one name apart", () => {
    given({
      "eu/app/main.tf.json": bucket("b"),
      "us/app/main.tf.json": bucket("b"),
      "net/main.tf.json": bucket("n"),
    });
    expect(labels()).toEqual(["eu/app/aws_s3_bucket.b", "net/aws_s3_bucket.n", "us/app/aws_s3_bucket.b"]);
  });

  it("takes the files of one folder as one stack", () => {
    given({
      "a.tf.json": { ...bucket("a"), provider: { aws: [{ region: "eu-west-1" }] }, locals: { x: "1" } },
      "b.tf.json": {
        resource: [{ aws_s3_bucket: { b: { bucket: "${local.x}${local.y}", provider: "aws.west" } } }],
        provider: { aws: { alias: "west", region: "us-west-2" } },
        locals: { y: "2" },
      },
    });
    const graph = new Graph(load(folder));
    expect(graph.all).toMatchObject([
      { address: "aws_s3_bucket.a", region: "eu-west-1", stack: basename(folder) },
      { address: "aws_s3_bucket.b", region: "us-west-2" },
    ]);
    expect(graph.all.map((each) => graph.configured(each, "bucket"))).toEqual([undefined, "12"]);
  });

  it("lets an override change what another file declares", () => {
    given({
      "main.tf.json": { resource: { aws_s3_bucket: { a: { bucket: "a", tags: {} }, b: {} } } },
      "main_override.tf.json": bucket("a", { bucket: "over" }),
    });
    const { all } = new Graph(load(folder));
    expect(all.map(({ config }) => config)).toEqual([{ bucket: "over", tags: {} }, {}]);
  });

  it("names a file on its own after itself", () => {
    given({ "network.tf.json": bucket("n") });
    expect(labels(join(folder, "network.tf.json"))).toEqual(["network/aws_s3_bucket.n"]);
  });

  it("leaves out what tools keep beside a configuration", () => {
    given({
      "main.tf.json": bucket("m"),
      ".terraform/modules/x/main.tf.json": bucket("hidden"),
      "node_modules/x/main.tf.json": bucket("hidden"),
      "assets/x/main.tf.json": bucket("hidden"),
      "notes.json": "no JSON at all",
    });
    symlinkSync(folder, join(folder, "loop"));
    expect(labels()).toEqual([`${basename(folder)}/aws_s3_bucket.m`]);
  });

  it("takes a mark of the encoding, comments and empty files", () => {
    given({ "a.tf.json": `\uFEFF${JSON.stringify(bucket("a"))}`, "b.tf.json": { "//": "nothing yet" } });
    expect(labels()).toEqual([`${basename(folder)}/aws_s3_bucket.a`]);
  });

  it("says what it does not look into", () => {
    given({
      "main.tf.json": { ...bucket("m"), module: { store: { source: "./x" } } },
      "more.tf": 'resource "aws_s3_bucket" "hcl" {}',
    });
    expect(load(folder).warnings).toEqual([
      `${basename(folder)}: modules are not looked into (store); judge a plan instead`,
      `${folder}: its *.tf files are not looked into; judge a plan instead`,
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string, RegExp]>([
    ["nothing", {}, "none", /^There is no .*none$/],
    ["an empty folder", {}, ".", /holds no Terraform JSON: no \*\.tf\.json in it or below$/],
    ["a folder with a plan", { "plan.json": {} }, ".", /Is .*plan\.json a plan\? Then name the file itself/],
    ["a folder of HCL", { "x/main.tf": "" }, ".", /holds HCL, not JSON; judge its plan: terraform plan -out/],
    ["a file of HCL", { "main.tf": "" }, "main.tf", /main\.tf is HCL, not JSON; judge its plan/],
    ["malformed JSON", { "a.tf.json": '{"resource":\n{,}' }, ".", /a\.tf\.json is no JSON: [^\n]*$/],
    ["a list", { "a.tf.json": [] }, ".", /neither Terraform JSON nor a plan/],
    ["other JSON", { "package.json": { name: "x" } }, "package.json", /neither Terraform JSON nor a plan/],
    ["a state", { "s.json": { version: 4, lineage: "x" } }, "s.json", /a state, which tells nothing/],
    ["a shown state", { "s.json": { format_version: "1.0", values: {} } }, "s.json", /a state/],
    ["a saved plan", { "p.tfplan": "PK\u0003\u0004…" }, "p.tfplan", /convert it: terraform show -json/],
    [
      "a failed plan",
      { "p.json": { format_version: "1.2", planned_values: {}, errored: true } },
      "p.json",
      /p\.json: the plan has failed, so it is not whole/,
    ],
    [
      "a resource that is declared twice",
      { "a.tf.json": bucket("x"), "b.tf.json": bucket("x") },
      ".",
      /aws_s3_bucket\.x is declared twice: in .*a\.tf\.json and in .*b\.tf\.json/,
    ],
    [
      "references in a circle",
      { "a.tf.json": { locals: { a: "${local.b}", b: "${local.a}" } } },
      ".",
      /refers in a circle: local\.a → local\.b → local\.a$/,
    ],
  ])("refuses %s in one line", (_, files, path, message) => {
    given(files);
    const act = () => load(join(folder, path));
    expect(act).toThrow(LandfallError);
    expect(act).toThrow(message);
    expect(act).not.toThrow(/\n/);
  });

  it("refuses an enormous file without reading it", () => {
    given({ "a.tf.json": "{}" });
    truncateSync(join(folder, "a.tf.json"), 300 * 1024 * 1024);
    expect(() => load(folder)).toThrow(/has 300 MB: at most 256 MB are read/);
  });

  it("writes a long circle shortly", () => {
    const locals = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`l${index}`, `\${local.l${(index + 1) % 500}}`]),
    );
    given({ "a.tf.json": { locals } });
    expect(() => load(folder)).toThrow(/local\.l5 → local\.l6 → … 493 more … → local\.l0$/);
  });
});
