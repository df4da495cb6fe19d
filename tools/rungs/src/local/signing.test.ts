import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  S3CodeStore,
  signCommand,
  type SigningStandIn,
  SigningWorkspace,
  startSigningStandIn,
} from "@landfall/delivery-stages";
import { type Emulator, startEmulator } from "@landfall/local";
import { filesBelow, ROOT } from "../workspace";

jest.setTimeout(3 * 60_000);

const home = mkdtempSync(join(tmpdir(), "landfall-signing-"));
const workspace = new SigningWorkspace();
const lines: string[] = [];
let emulator: Emulator;
let s3: S3Client;
let store: S3CodeStore;
/** The emulator has no signing jobs. */
let signer: SigningStandIn;

async function bucket(name: string, versioned: boolean): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
  await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
  if (!versioned) return;
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: "Enabled" } }),
  );
}

beforeAll(async () => {
  const venv = join(ROOT, "dist", "local", "venv");
  emulator = await startEmulator({ root: home, venv, region: "eu-west-1", account: "123456789012" });
  Object.assign(process.env, emulator.env);
  s3 = new S3Client({ forcePathStyle: true });
  await bucket("code", true);
  await bucket("unversioned", false);
  store = new S3CodeStore("code");
  signer = await startSigningStandIn(store);
  Object.assign(process.env, signer.env);
});
afterAll(async () => {
  await signer?.close();
  store?.close();
  s3?.destroy();
  await emulator?.stop();
  workspace.remove();
  rmSync(home, { recursive: true, force: true });
});

const sign = (name = "code") =>
  signCommand(workspace.root, ["--profile", "test_delivery", "--bucket", name], (line) => lines.push(line));
const artifact = () => filesBelow(join(workspace.root, "dist/delivery/signed"));
const keys = async (prefix: string): Promise<number> =>
  (await s3.send(new ListObjectsV2Command({ Bucket: "code", Prefix: prefix }))).KeyCount ?? 0;

describe("delivery sign with S3 of the emulator", () => {
  it("keeps what was signed, and the second time signs nothing and makes the same bytes", async () => {
    await sign();
    const first = artifact();
    expect(await keys("signed/test_delivery/")).toBe(2);
    expect(await keys("jobs/")).toBe(2);

    await sign();
    expect(lines.at(-1)).toContain("2 bundles, 0 signed now, 2 before");
    expect(signer.started).toHaveLength(2);
    expect(artifact()).toEqual(first);
  });

  it("keeps the first of what two builds have signed at the same time", async () => {
    const [a, b] = [Buffer.from("a"), Buffer.from("b")];
    expect(await store.keep("signed/race.zip", a)).toEqual(a);
    expect(Buffer.from(await store.keep("signed/race.zip", b))).toEqual(a);
  });

  it("refuses a bucket that keeps no versions, and one that is not there", async () => {
    await expect(sign("unversioned")).rejects.toThrow("The bucket unversioned must keep versions");
    await expect(sign("nowhere")).rejects.toThrow(
      /^AWS refused to sign with the profile test_delivery and the bucket nowhere: NoSuchBucket: /,
    );
  });
});
