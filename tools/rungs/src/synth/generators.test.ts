import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyWorkspace, filesBelow, synth } from "../workspace";

jest.setTimeout(300_000);

const root = copyWorkspace();

/** Runs a program of the workspace in the copy as a person would. */
function run(
  program: string,
  ...args: string[]
): { readonly status: number | null; readonly output: string } {
  const env = {
    ...process.env,
    NX_DAEMON: "false",
    NX_ISOLATE_PLUGINS: "false",
    NX_TUI: "false",
    FORCE_COLOR: "0",
  };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules", program), ...args],
    {
      cwd: root,
      env,
      encoding: "utf8",
    },
  );
  return { status, output: stdout + stderr };
}

/** Runs a generator. npm stays out: it would write into the packages that the copy shares. */
const generate = (generator: string, ...args: string[]) =>
  run("nx/dist/bin/nx.js", "g", `@landfall/nx-terraform:${generator}`, ...args, "--no-interactive");

/** Each generator with what it makes. */
const made = [
  ["app", "invoices", "--from=intake", "--skipInstall"],
  ["app", "notes", "--skipInstall"],
  ["function", "send-letter", "--app=notes"],
  ["stack", "data-lake", "--skipInstall"],
  ["zone", "pilot", "--from=standard", "--account=2109-8765-4321", "--domain=pilot.example.com"],
] as const;
const stackFolders = ["apps/invoices", "apps/notes", "stacks/data-lake"];
const folders = [...stackFolders, "libs/zones/pilot"];

/** What npm install would do. */
function link(folder: string): void {
  const { name } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { name: string };
  symlinkSync(join(root, folder), join(root, "node_modules", name));
}

beforeAll(() => {
  for (const [generator, ...args] of made) {
    expect(generate(generator, ...args)).toMatchObject({ status: 0 });
  }
  stackFolders.forEach(link);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("what the generators make", () => {
  it("is formatted, pages and lists included", () => {
    const files = [...folders, "stacks/README.md"];
    expect(run("prettier/bin/prettier.cjs", "--check", ...files)).toMatchObject({ status: 0 });
  });

  it("lints, module boundaries included", () => {
    expect(run("eslint/bin/eslint.js", ...folders)).toEqual({ status: 0, output: "" });
  });

  it("type-checks", () => {
    const config = join(root, "tsconfig.generated.json");
    writeFileSync(config, JSON.stringify({ extends: "./tsconfig.base.json", include: folders }));
    expect(run("typescript/bin/tsc", "-p", config)).toEqual({ status: 0, output: "" });
  });

  it("passes its own unit tests", () => {
    const { status, output } = run("jest/bin/jest.js", ...stackFolders, "--selectProjects=unit", "--ci");
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    expect(output).toMatch(/^Tests: +\d{3} passed, \d{3} total$/m);
  });

  it.each([
    ["local", ["invoices", "notes", "data-lake"]],
    ["standard", ["invoices", "notes", "data-lake"]],
    ["pilot", ["notes"]],
  ])("synthesizes in zone %s, and meets every FSBP control: %j", (zone, stacks) => {
    for (const stack of stacks) {
      const out = join(root, "dist", "synth", zone, stack);
      const { status, stderr } = synth(root, "--zone", zone, "--stack", stack, "--out", out);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const [json = ""] = Object.entries(filesBelow(join(out, "stacks")))
        .filter(([file]) => file.endsWith("cdk.tf.json"))
        .map(([, content]) => content.toString());
      expect(json).toContain(`${zone}-${stack}`);
    }
  });

  it("shares no name with the app that it was copied from", () => {
    const namesOf = (stack: string): string[] => {
      const out = join(root, "dist", "names", stack);
      expect(synth(root, "--stack", stack, "--out", out)).toMatchObject({ status: 0 });
      const json = readFileSync(join(out, "stacks", `local-${stack}-eu-west-1`, "cdk.tf.json"), "utf8");
      const { resource } = JSON.parse(json) as {
        resource: Record<string, Record<string, { name?: unknown }>>;
      };
      return Object.entries(resource)
        .filter(([type]) => type !== "aws_iam_role_policy")
        .flatMap(([, elements]) => Object.values(elements).map(({ name }) => name))
        .filter((name): name is string => typeof name === "string");
    };
    const original = namesOf("intake");
    const copied = namesOf("invoices");
    expect(copied).toHaveLength(original.length);
    expect(copied.filter((name) => original.includes(name))).toEqual([]);
  });
});

describe("a second run", () => {
  it("changes nothing, keeps what was edited meanwhile, and says so", () => {
    const edited = join(root, "apps/notes/src/take-in.ts");
    writeFileSync(edited, `${readFileSync(edited, "utf8")}// mine\n`);
    const state = () =>
      [...folders, "stacks"].map((folder) =>
        Object.fromEntries(
          Object.entries(filesBelow(join(root, folder))).map(([file, content]) => [file, content.toString()]),
        ),
      );
    const before = state();
    // The unit tests run each generator twice: here, a copy and a template.
    const outputs = made.slice(0, 2).map(([generator, ...args]) => generate(generator, ...args));
    for (const result of outputs) {
      expect(result).toMatchObject({
        status: 0,
        output: expect.stringContaining("is there already: nothing was changed."),
      });
    }
    expect(outputs[1]?.output).toContain(
      "it differs from what would be generated: apps/notes/src/take-in.ts",
    );
    expect(state()).toEqual(before);
  });

  it("refuses a bad name with one clear line, and no stack trace", () => {
    const { status, output } = generate("app", "Bad_Name");
    expect(status).toBe(1);
    expect(output).toContain("'name' must be lower-case words of letters and digits, joined by hyphens");
    expect(output).not.toMatch(/^\s+at /m);
  });
});
