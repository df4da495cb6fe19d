import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { CreateDependenciesContext, ProjectConfiguration } from "@nx/devkit";

import { createDependencies, createNodes, preTasksExecution } from "./plugin";

const root = mkdtempSync(join(tmpdir(), "landfall-plugin-"));
afterAll(() => rmSync(root, { recursive: true }));

const files: Record<string, string> = {
  "libs/core/package.json": '{"name": "@landfall/core"}',
  "libs/network/package.json": '{"name": "@landfall/network"}',
  "libs/network/src/vpc.test.ts": "",
  "libs/zones/local/zone.ts": "",
  "libs/zones/sandbox/zone.ts": "",
  "stacks/keys/package.json": '{"name": "@landfall/stack-keys", "nx": {"name": "keys"}}',
  "stacks/keys/src/stack.ts": "",
  "stacks/network/package.json": '{"name": "@landfall/stack-network", "nx": {"name": "network"}}',
  "stacks/network/src/stack.ts": 'import { keys } from "@landfall/stack-keys/contract";',
  "apps/intake/package.json": '{"name": "@landfall/app-intake", "nx": {"name": "intake"}}',
  "apps/intake/infra/stack.ts":
    'import {\n  network,\n} from "@landfall/stack-network/contract";\nconst { keys } = await import("@landfall/stack-keys/contract");',
  "apps/intake/src/handler.ts": "// reads what @landfall/stack-identity/contract says",
  "tools/synth/package.json": '{"name": "@landfall/synth"}',
  "tools/rungs/src/synth/bytes.test.ts": "",
};

type Projects = Record<string, Omit<ProjectConfiguration, "root">>;

async function infer(): Promise<Projects> {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  const results = await createNodes[1](Object.keys(files), undefined, {
    workspaceRoot: root,
    nxJsonConfiguration: {},
  });
  return Object.assign({}, ...results.map(([, { projects }]) => projects)) as Projects;
}

describe("createNodes", () => {
  it("tags every project by its folder", async () => {
    const tags = Object.fromEntries(
      Object.entries(await infer()).map(([folder, project]) => [folder, project.tags]),
    );

    expect(tags).toEqual({
      "libs/core": ["type:core"],
      "libs/network": ["type:lib"],
      "libs/zones/local": ["type:zone"],
      "libs/zones/sandbox": ["type:zone"],
      "stacks/keys": ["type:stack"],
      "stacks/network": ["type:stack"],
      "apps/intake": ["type:app"],
      "tools/synth": ["type:tool"],
      "tools/rungs": ["type:tool"],
    });
  });

  it("gives a stack its targets, with a configuration for each zone and the local one as default", async () => {
    const { targets = {} } = (await infer())["stacks/network"] ?? {};

    expect(Object.keys(targets).sort()).toEqual([
      "apply",
      "deploy",
      "destroy",
      "drift",
      "fsbp",
      "lint",
      "output",
      "plan",
      "synth",
      "unlock",
      "validate",
    ]);
    expect(targets["deploy"]).toMatchObject({
      dependsOn: ["^deploy", "synth"],
      defaultConfiguration: "local",
      configurations: {
        sandbox: {
          command: "node --import tsx tools/nx-terraform/src/cli.ts deploy --stack network --zone sandbox",
        },
      },
    });
    expect(targets["fsbp"]).toMatchObject({
      dependsOn: ["synth"],
      configurations: {
        sandbox: { command: "node tools/fsbp/landfall-fsbp.mjs dist/synth/sandbox/network" },
      },
    });
    expect(targets["synth"]).toMatchObject({
      cache: true,
      inputs: ["production", "^production"],
      outputs: ["{workspaceRoot}/dist/synth/{options.zone}/network"],
      configurations: { local: { command: "node tools/synth/synth.mjs --stack network --zone local" } },
    });
  });

  it("calls every project as its package.json does, so that Nx renames nothing that depends on it", async () => {
    const projects = await infer();
    expect(projects["stacks/network"]?.name).toBe("network");
    expect(projects["libs/network"]?.name).toBe("@landfall/network");
    expect(projects["libs/zones/local"]?.name).toBe("zone-local");
  });

  it("destroys whatever imports a stack's contract before the stack", async () => {
    const projects = await infer();
    const before = (folder: string) => projects[folder]?.targets?.["destroy"]?.dependsOn;

    expect(before("stacks/keys")).toEqual([{ target: "destroy", projects: ["network", "intake"] }, "synth"]);
    expect(before("stacks/network")).toEqual([
      { target: "destroy", projects: ["intake"] },
      { target: "synth", projects: ["keys"] },
      "synth",
    ]);
  });

  it("synthesizes before a destroy all that may be destroyed after it, so that it can decide on that too", async () => {
    const { dependsOn } = (await infer())["apps/intake"]?.targets?.["destroy"] ?? {};

    expect(dependsOn).toEqual([{ target: "synth", projects: ["keys", "network"] }, "synth"]);
  });

  it("plans the stacks that it applies for the same command line, in the order of deployment", async () => {
    const { targets = {} } = (await infer())["apps/intake"] ?? {};

    expect(targets["plan"]?.dependsOn).toEqual(["^plan", "synth"]);
    expect(targets["apply"]?.dependsOn).toEqual(["^apply", "synth"]);
  });

  it("passes on what is typed after a target only where no other target depends on it", async () => {
    const { targets = {} } = (await infer())["stacks/network"] ?? {};
    const open = Object.keys(targets).filter((name) => targets[name]?.options?.forwardAllArgs === true);

    expect(open.sort()).toEqual(["drift", "output", "unlock"]);
  });

  it("gives tests a target where there are unit tests, and rungs none: npm test runs those", async () => {
    const projects = await infer();

    expect(projects["libs/network"]?.targets).toHaveProperty("test");
    expect(projects["libs/core"]?.targets).not.toHaveProperty("test");
    expect(Object.keys(projects["tools/rungs"]?.targets ?? {})).toEqual(["lint"]);
  });
});

describe("createDependencies", () => {
  it("leads from every stack to each zone's data and to the synthesizer, and from nothing else", async () => {
    const projects = Object.fromEntries(
      Object.entries(await infer()).map(([folder, project]) => [folder, { ...project, root: folder }]),
    );
    const edges = await createDependencies(undefined, { projects } as unknown as CreateDependenciesContext);

    expect(edges.map(({ source, target }) => `${source} → ${target}`)).toEqual(
      ["stacks/keys", "stacks/network", "apps/intake"].flatMap((stack) => [
        `${stack} → libs/zones/local`,
        `${stack} → libs/zones/sandbox`,
        `${stack} → tools/synth`,
      ]),
    );
  });
});

describe("preTasksExecution", () => {
  it("refuses a zone that the workspace does not have", async () => {
    await infer();
    const run = (...argv: string[]) => preTasksExecution(undefined, { argv, workspaceRoot: root });

    expect(() => run("deploy", "network", "-c", "sandbox")).not.toThrow();
    expect(() => run("deploy", "network", "-c", "lokal")).toThrow(/Unknown zone "lokal". Nearest: local/);
  });

  it("asks nothing of Nx for a run of the default zone", async () => {
    await infer();
    preTasksExecution(undefined, {
      argv: ["node", "/no/such/nx", "destroy", "network"],
      workspaceRoot: root,
    });

    expect(process.env).not.toHaveProperty("LANDFALL_DESTROY_RUN");
  });
});
