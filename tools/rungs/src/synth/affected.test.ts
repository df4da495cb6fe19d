import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyWorkspace, filesBelow } from "../workspace";

jest.setTimeout(60_000);

const root = copyWorkspace();

const run = (command: string, ...args: string[]): string => {
  const env = { ...process.env, NX_DAEMON: "false", NX_ISOLATE_PLUGINS: "false", FORCE_COLOR: "0" };
  return execFileSync(command, args, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
};
const nx = (...args: string[]) =>
  run(process.execPath, join(root, "node_modules/nx/dist/bin/nx.js"), ...args);
const git = (...args: string[]) =>
  run("git", "-c", "user.name=test", "-c", "user.email=test@example.com", ...args);

/** The names of the stacks that Nx would synthesize again after the changes that are not committed. */
function affected(): string[] {
  const projects = JSON.parse(
    nx("show", "projects", "--affected", "--base=HEAD", "--withTarget=synth", "--json"),
  ) as string[];
  return projects.sort();
}

interface Package {
  readonly name: string;
  /** Nx's name of it, where it is a stack or an app. */
  readonly stack: string | undefined;
  readonly imports: ReadonlySet<string>;
}

/** Every package of ours that stacks are made of, with what it imports: read from the sources, without Nx. */
const packages = (): Package[] =>
  ["apps", "libs", "stacks"].flatMap((area) =>
    readdirSync(join(root, area))
      .filter((name) => existsSync(join(root, area, name, "package.json")))
      .map((name): Package => {
        const folder = join(root, area, name);
        const json = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
        const sources = Object.entries(filesBelow(folder)).filter(([file]) => file.endsWith(".ts"));
        const imports = sources.flatMap(([, content]) =>
          [...content.toString().matchAll(/from "(@landfall\/[\w-]+)/g)].flatMap((match) => match[1] ?? []),
        );
        return { name: json.name, stack: area === "libs" ? undefined : name, imports: new Set(imports) };
      }),
  );

/** The stacks that import a package, themselves or through others. */
function stacksAbove(name: string): string[] {
  const all = packages();
  const reached = new Set([name]);
  const next = () =>
    all.find((one) => !reached.has(one.name) && [...one.imports].some((other) => reached.has(other)));
  for (let found = next(); found !== undefined; found = next()) reached.add(found.name);
  return all.flatMap((one) => (reached.has(one.name) && one.stack !== undefined ? [one.stack] : [])).sort();
}

/** A commit of the workspace as it is, in a folder of its own. */
beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=start");
});
afterEach(() => git("checkout", "--quiet", "."));
afterAll(() => rmSync(root, { recursive: true }));

describe("nx affected -t synth", () => {
  it("lists the network's stack and what consumes its contract after a comment in libs/network, and nothing else", () => {
    appendFileSync(join(root, "libs/network/src/vpc.ts"), "// a comment\n");
    const expected = stacksAbove("@landfall/network");
    expect(affected()).toEqual(expected);
    expect(expected).toEqual(expect.arrayContaining(["dns", "intake", "network"]));
    expect(expected).not.toContain("keys");
  });

  it("lists every stack after a change to a zone's data", () => {
    appendFileSync(join(root, "libs/zones/sandbox/zone.ts"), "// a comment\n");
    expect(affected()).toEqual(expect.arrayContaining(["identity", "intake", "keys", "logging", "network"]));
  });

  it("lists every stack after a change to the synthesizer", () => {
    appendFileSync(join(root, "tools/synth/synth.mjs"), "// a comment\n");
    expect(affected()).toEqual(expect.arrayContaining(["identity", "intake", "keys", "logging", "network"]));
  });

  it("lists nothing after a change to the documentation", () => {
    appendFileSync(join(root, "CONTRIBUTING.md"), "a line\n");
    expect(affected()).toEqual([]);
  });
});

describe("the order of stacks", () => {
  it("is the import of contracts when deploying, and exactly the reverse when destroying", () => {
    const { tasks } = JSON.parse(nx("run-many", "-t", "deploy,destroy", "--graph=stdout")) as {
      tasks: { dependencies: Record<string, string[]> };
    };
    const edges = (target: string) =>
      Object.entries(tasks.dependencies).flatMap(([task, before]) =>
        before
          .filter((other) => other.includes(`:${target}:`) && task.includes(`:${target}:`))
          .map((other) => [other, task].map((name) => name.split(`:${target}`)[0] ?? "")),
      );

    const deployed = edges("deploy").map(([first, then]) => `${first} before ${then}`);
    const destroyed = edges("destroy").map(([first, then]) => `${then} before ${first}`);
    expect(deployed).toContain("network before intake");
    expect(destroyed.sort()).toEqual(deployed.sort());
  });
});
