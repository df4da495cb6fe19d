import { existsSync } from "node:fs";
import { hashFolder, sha256 } from "../digest/hashes";
import { sign } from "./sign";
import { signedFolder } from "./signed-artifact";
import { Signer } from "./signer";
import { MemoryStore } from "./testing/memory-store";
import { type SigningStandIn, signedZip, startSigningStandIn } from "./testing/signing-stand-in";
import { bundleOf, SigningWorkspace } from "./testing/signing-workspace";

const AWS = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
const before = { ...process.env };
let workspace: SigningWorkspace;
let store: MemoryStore;
let standIn: SigningStandIn;
let lines: string[];

beforeEach(async () => {
  workspace = new SigningWorkspace();
  store = new MemoryStore();
  standIn = await startSigningStandIn(store);
  Object.assign(process.env, AWS, standIn.env);
  lines = [];
});
afterEach(async () => {
  await standIn.close();
  workspace.remove();
  process.env = { ...before };
});

/** Runs the stage with AWS's own client; a job that hangs is given up after a fifth of a second. */
async function run(profile = "test_delivery"): Promise<void> {
  const signer = new Signer({ profile, timeoutSeconds: 0.2, everySeconds: 0.02 });
  try {
    await sign(workspace.root, { profile, store, signer, say: (line) => lines.push(line) });
  } finally {
    signer.close();
  }
}
const artifact = () => hashFolder(signedFolder(workspace.root));
const [one, two] = [sha256(bundleOf("one")), sha256(bundleOf("two"))];

describe("sign", () => {
  it("has each bundle signed once, and none of functions that take any code", async () => {
    await run();
    expect([...standIn.started].sort()).toEqual([`unsigned/${one}.zip`, `unsigned/${two}.zip`].sort());
    expect(Object.keys(artifact()).sort()).toEqual(["digest.json", `${one}.zip`, `${two}.zip`].sort());
    expect(lines.at(-1)).toContain("Signed code of 3 functions: 2 bundles, 2 signed now, 0 before");
  });

  it("signs nothing again, and makes the same bytes", async () => {
    await run();
    const first = artifact();
    await run();
    expect(standIn.started).toHaveLength(2);
    expect(artifact()).toEqual(first);
    expect(lines.at(-1)).toContain("2 bundles, 0 signed now, 2 before");
  });

  it("signs anew with another profile", async () => {
    await run();
    await run("other_delivery");
    expect(standIn.started).toHaveLength(4);
  });

  it("takes what another build has kept meanwhile", async () => {
    const theirs = signedZip(bundleOf("one"));
    jest.spyOn(store, "get").mockImplementation((key) => {
      const found = store.objects.get(key);
      if (key === `signed/test_delivery/${one}.zip`) store.objects.set(key, theirs);
      return Promise.resolve(found);
    });
    await run();
    expect(store.objects.get(`signed/test_delivery/${one}.zip`)).toBe(theirs);
    const kept = artifact()[`${one}.zip`];
    await run();
    expect(artifact()[`${one}.zip`]).toBe(kept);
  });

  it.each<["Failed" | "InProgress", RegExp]>([
    [
      "Failed",
      /^The code of signed-one is not signed: the file is malformed \(job [\w-]+ of the profile test_delivery\); mend it/,
    ],
    [
      "InProgress",
      /^The code of signed-one is not signed after 0.2 seconds \(job [\w-]+ of the profile test_delivery\); look at the job/,
    ],
  ])("says in one line that a job is %s, hands nothing on and keeps nothing", async (outcome, message) => {
    standIn.outcome = outcome;
    await expect(run()).rejects.toThrow(message);
    expect(existsSync(signedFolder(workspace.root))).toBe(false);
    expect([...store.objects.keys()].filter((key) => key.startsWith("signed/"))).toEqual([]);
  });

  it("refuses kept code that is not the bundle's", async () => {
    store.objects.set(`signed/test_delivery/${one}.zip`, signedZip(bundleOf("an older one")));
    await expect(run()).rejects.toThrow(
      "The signed code of signed-one must be the verified bundle and a signature, got another index.js",
    );
  });

  it("refuses a bundle that is not as it was verified", async () => {
    workspace.put("dist/delivery/verified/synth/signed/two/stacks/signed-two/assets/code.zip", "x");
    await expect(run()).rejects.toThrow("code.zip was changed; nothing was done");
    expect(standIn.started).toEqual([]);
  });
});
