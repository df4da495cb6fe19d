import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { verifiedFolder } from "../../artifacts";
import { sha256 } from "../../digest/hashes";
import { hashSource } from "../../digest/source-tree";
import { readVerified, type Verified, writeVerified } from "../../digest/verified";
import { restoreSynth } from "../../synth-output";

/** A zip with this code in it. */
export const bundleOf = (code: string): Uint8Array =>
  zipSync({ "index.js": new TextEncoder().encode(code) }, { mtime: new Date(1980, 0, 1) });

const CONFIG = "${data.aws_ssm_parameter.codeSigningConfigArn.insecure_value}";

/**
 * A workspace that was verified, with small bundles: `one` is deployed in the zones `signed` and `other`, `two` in the zone
 * `signed`; the zone `plain` takes code that is not signed.
 */
export class SigningWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), "landfall-signing-"));
  /** The SHA-256 of the bundles. */
  readonly hashes = { one: sha256(bundleOf("one")), two: sha256(bundleOf("two")) };

  constructor() {
    this.put(".gitignore", "dist/\n");
    this.put("package-lock.json", "{}");
    this.put(".terraform.lock.hcl", "");
    this.stack("signed", "one", CONFIG);
    this.stack("signed", "two", CONFIG);
    this.stack("other", "one", CONFIG);
    this.stack("plain", "three");
    writeVerified(verifiedFolder(this.root), this.root, {
      revision: undefined,
      zones: ["other", "plain", "signed"],
      checks: [],
      source: hashSource(this.root),
    });
  }

  /** What was verified; put back in the place of what was synthesized. */
  restored(zone: string): Verified {
    const verified = readVerified(verifiedFolder(this.root), this.root);
    restoreSynth(this.root, verified.folder, zone);
    return verified;
  }

  /** What would be deployed as the code of a function. */
  deployed(zone: string, name: string): Buffer {
    return readFileSync(join(this.root, "dist/synth", zone, name, `stacks/${zone}-${name}/assets/code.zip`));
  }

  put(file: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private stack(zone: string, name: string, config?: string): void {
    const folder = `dist/delivery/verified/synth/${zone}/${name}/stacks/${zone}-${name}`;
    this.put(`${folder}/assets/code.zip`, bundleOf(name));
    const code = { function_name: `${zone}-${name}`, filename: "assets/code.zip" };
    this.put(
      `${folder}/cdk.tf.json`,
      JSON.stringify({
        resource: {
          aws_lambda_function: {
            F: { ...code, ...(config === undefined ? {} : { code_signing_config_arn: config }) },
          },
        },
      }),
    );
  }
}
