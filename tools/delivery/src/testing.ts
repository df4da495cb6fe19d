import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plansFolder, verifiedFolder } from "./artifacts";
import { readVerified, type VerifiedDigest, writeVerified } from "./digest/verified";
import { writeManifest } from "./digest/plan-manifest";
import { hashSource } from "./digest/source-tree";

/** A workspace that was verified and planned, with real digests of small files. */
export class DeliveredWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), "landfall-delivered-"));
  /** SHA-256 of the plans' manifest.json, as the pipeline would keep it. */
  readonly digest: string;

  constructor(
    readonly zone = "sandbox",
    checks: VerifiedDigest["checks"] = [{ name: "lint", outcome: "passed", seconds: 1 }],
  ) {
    this.put(".gitignore", "dist/\n");
    this.put("package-lock.json", "{}");
    this.put(".terraform.lock.hcl", "");
    this.put("stacks/network/src/stack.ts", "export {};\n");
    this.put("dist/delivery/verified/synth/sandbox/network/zone.json", '{"zone":{"name":"sandbox"}}');
    this.put("dist/delivery/verified/synth/sandbox/network/stacks/i/assets/function.zip", "a bundle");
    const revision = undefined;
    writeVerified(verifiedFolder(this.root), this.root, {
      revision,
      zones: ["sandbox"],
      checks,
      source: hashSource(this.root),
    });
    this.put(`dist/plans/${zone}/sandbox-network/plan.tfplan`, "a plan");
    this.digest = writeManifest(
      plansFolder(this.root, zone),
      readVerified(verifiedFolder(this.root), this.root),
      { zone, stacks: { planned: ["network"], unchanged: [], waiting: [] } },
    );
  }

  put(file: string, content: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }
}
