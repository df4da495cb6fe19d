import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { type Emulator, startEmulator } from "@landfall/local";
import { S3Store } from "@landfall/remote-cache";
import { ROOT } from "../workspace";

jest.setTimeout(3 * 60_000);

const BUCKET = "build-cache";
const home = mkdtempSync(join(tmpdir(), "landfall-cache-"));
let emulator: Emulator;
let s3: S3Client;

beforeAll(async () => {
  const venv = join(ROOT, "dist", "local", "venv");
  emulator = await startEmulator({ root: home, venv, region: "eu-west-1", account: "123456789012" });
  Object.assign(process.env, emulator.env);
  s3 = new S3Client({ forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  );
});
afterAll(async () => {
  s3?.destroy();
  await emulator?.stop();
  rmSync(home, { recursive: true, force: true });
});

const entries = async (): Promise<number> =>
  (await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "nx/v1/" }))).KeyCount ?? 0;

/** A clone of a workspace with one task, whose output tells one run from another. */
function clone(input = "input"): string {
  const root = mkdtempSync(join(home, "clone-"));
  const write = (file: string, content: unknown) =>
    writeFileSync(join(root, file), typeof content === "string" ? content : JSON.stringify(content));
  mkdirSync(join(root, "project"));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  write("package.json", { name: "workspace", version: "0.0.0", private: true });
  write("nx.json", { neverConnectToCloud: true, analytics: false });
  write("project/input.txt", input);
  write("project/project.json", {
    name: "project",
    targets: {
      build: {
        executor: "nx:run-commands",
        options: {
          command: `node -e "require('fs').mkdirSync('dist'); require('fs').writeFileSync('dist/out.txt', String(Math.random()))"`,
          cwd: "project",
        },
        cache: true,
        outputs: ["{projectRoot}/dist"],
      },
    },
  });
  return root;
}

/** Runs the task as a build would, through the command. */
function build(
  root: string,
  env: NodeJS.ProcessEnv = {},
): { readonly printed: string; readonly built: string } {
  const main = join(ROOT, "tools", "remote-cache", "src", "main.ts");
  const nx = [
    process.execPath,
    join(ROOT, "node_modules", "nx", "dist", "bin", "nx.js"),
    "run",
    "project:build",
  ];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", main, "--bucket", BUCKET, "--", ...nx],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, NX_DAEMON: "false", NX_TUI: "false", FORCE_COLOR: "0", CI: "true", ...env },
    },
  );
  const printed = stdout + stderr;
  expect({ status, printed }).toMatchObject({ status: 0 });
  return { printed, built: readFileSync(join(root, "project", "dist", "out.txt"), "utf8") };
}

const TRUSTED = { LANDFALL_CACHE_READ_ONLY: "false" };

describe("Nx with the remote cache on S3", () => {
  it("takes what a trusted build has made, in another clone that may only read", async () => {
    const first = build(clone(), TRUSTED);
    expect(first.printed).toContain("0 hits, 1 misses, 1 stored");
    expect(await entries()).toBe(1);

    const second = build(clone());
    expect(second.built).toBe(first.built);
    expect(second.printed).toContain(`remote cache ${BUCKET}: 1 hits, 0 misses, read only`);
  });

  it("builds a change that may not be written, stores nothing of it, and serves it to nobody", async () => {
    const before = await entries();
    const untrusted = build(clone("a pull request's"));
    expect(untrusted.printed).toContain("0 hits, 1 misses, read only");
    expect(await entries()).toBe(before);

    const trusted = build(clone("a pull request's"), TRUSTED);
    expect(trusted.built).not.toBe(untrusted.built);
    expect(await entries()).toBe(before + 1);
  });

  it("builds all the same when the bucket can't be reached", () => {
    const { printed } = build(clone("without a bucket"), {
      ...TRUSTED,
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    });
    expect(printed).toMatch(/The remote cache could not be read \(\w+\): the task runs\./);
    expect(printed).toContain("0 hits, 1 misses, 0 stored");
  });
});

describe("the store on S3", () => {
  it("keeps the first of two writes at once, and says so to the other", async () => {
    const store = new S3Store(BUCKET, undefined);
    expect(await store.put("one", Buffer.from("first"))).toBe("stored");
    expect(await store.put("one", Buffer.from("second"))).toBe("exists");
    expect(Buffer.from((await store.get("one")) ?? []).toString()).toBe("first");
    store.close();
  });

  it("knows nothing of what was never written, and fails where there is no bucket", async () => {
    const [store, elsewhere] = [new S3Store(BUCKET, undefined), new S3Store("no-such-bucket", undefined)];
    expect(await store.get("never")).toBeUndefined();
    await expect(elsewhere.get("never")).rejects.toThrow("bucket");
    store.close();
    elsewhere.close();
  });
});
