import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { inputFolder, verifiedFolder } from "../artifacts";
import { readVerified } from "../digest/verified";
import { type CodeStore } from "./code-store";
import { assertSameCode } from "./same-code";
import { signedFolder, writeSigned } from "./signed-artifact";
import { signedFunctions } from "./signed-functions";
import { type Signer } from "./signer";

export interface SignOptions {
  /** The signing profile's name. */
  readonly profile: string;
  readonly store: CodeStore;
  readonly signer: Pick<Signer, "sign">;
  readonly say: (line: string) => void;
}

/**
 * Has the code signed of every verified function that takes signed code alone, and makes the artifact `signed` of it. Signed code is kept
 * by the bundle's SHA-256: signing the same bytes again would give other bytes, which would be a deploy of nothing new.
 *
 * @throws LandfallError where what was verified is not what it was, or something can't be signed
 */
export async function sign(root: string, { profile, store, signer, say }: SignOptions): Promise<void> {
  const verified = readVerified(inputFolder("verified", verifiedFolder(root)), root);
  const functions = signedFunctions(join(verified.folder, "synth"));
  // The same bundle is deployed in many zones, accounts and regions.
  const bundles = new Map(functions.map((each) => [each.sha256, each]));
  const zips = new Map<string, Uint8Array>();
  let fresh = 0;
  for (const [sha256, { name, file }] of bundles) {
    const bundle = readFileSync(file);
    const key = `signed/${profile}/${sha256}.zip`;
    let signed = await store.get(key);
    if (signed === undefined) {
      fresh += 1;
      say(`signing ${name} (${zips.size + 1} of ${bundles.size}, SHA-256 ${sha256.slice(0, 12)}…)`);
      const unsigned = `unsigned/${sha256}.zip`;
      const version = await store.put(unsigned, bundle);
      const made = await signer.sign(name, { bucket: store.bucket, key: unsigned, version });
      signed = await keep(store, { name, bundle, key, made });
    }
    assertSameCode(name, bundle, signed);
    zips.set(sha256, signed);
  }
  writeSigned(signedFolder(root), { verified, profile, zips });
  say(
    `\nSigned code of ${functions.length} functions: ${bundles.size} bundles, ${fresh} signed now, ${bundles.size - fresh} before: dist/delivery/signed`,
  );
}

interface Made {
  readonly name: string;
  readonly bundle: Uint8Array;
  /** Where the signed zip is to be kept. */
  readonly key: string;
  /** Where the signing job has put it. */
  readonly made: string;
}

/** Keeps what a job has signed, but only where it is the bundle that it was given. */
async function keep(store: CodeStore, { name, bundle, key, made }: Made): Promise<Uint8Array> {
  const zip = await store.get(made);
  if (zip === undefined) {
    throw new LandfallError(
      `The signed code of ${name} must be at ${made} of the bucket ${store.bucket}, got: nothing; run the stage again`,
    );
  }
  assertSameCode(name, bundle, zip);
  return store.keep(key, zip);
}
