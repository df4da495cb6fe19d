import { readFileSync, rmSync } from "node:fs";
import { sha256 } from "../digest/hashes";
import { placeSigned, signedFolder, writeSigned } from "./signed-artifact";
import { signedZip } from "./testing/signing-stand-in";
import { bundleOf, SigningWorkspace } from "./testing/signing-workspace";

let workspace: SigningWorkspace;
let signed: Map<string, Uint8Array>;

beforeEach(() => {
  workspace = new SigningWorkspace();
  const { one, two } = workspace.hashes;
  signed = new Map([
    [one, signedZip(bundleOf("one"))],
    [two, signedZip(bundleOf("two"))],
  ]);
  write();
});
afterEach(() => workspace.remove());

const write = (): void =>
  writeSigned(signedFolder(workspace.root), {
    verified: workspace.restored("signed"),
    profile: "test_delivery",
    zips: signed,
  });
const place = (zone = "signed"): void => placeSigned(workspace.root, zone, workspace.restored(zone));

describe("placeSigned", () => {
  it("puts signed code in the place of the bundles", () => {
    place();
    expect(sha256(workspace.deployed("signed", "one"))).toBe(
      sha256(signed.get(workspace.hashes.one) ?? new Uint8Array()),
    );
    expect(sha256(workspace.deployed("signed", "two"))).toBe(
      sha256(signed.get(workspace.hashes.two) ?? new Uint8Array()),
    );
  });

  it("leaves a zone whose functions take any code as it is, and needs no signed code for it", () => {
    rmSync(signedFolder(workspace.root), { recursive: true });
    place("plain");
    expect(workspace.deployed("plain", "three").equals(bundleOf("three"))).toBe(true);
  });

  it("asks for signed code where there is none", () => {
    rmSync(signedFolder(workspace.root), { recursive: true });
    expect(place).toThrow("run `node tools/run.mjs delivery sign` first");
  });

  it("refuses a signed zip that was changed", () => {
    const file = `${workspace.hashes.one}.zip`;
    workspace.put(`dist/delivery/signed/${file}`, signedZip(bundleOf("one")));
    expect(place).toThrow(`The artifact signed is not what sign made: ${file} was changed; nothing was done`);
    expect(workspace.deployed("signed", "two").equals(bundleOf("two"))).toBe(true);
  });

  it("refuses other code, also where the digest fits", () => {
    signed.set(workspace.hashes.two, signedZip(bundleOf("two, but older")));
    write();
    expect(place).toThrow("The signed code of signed-two must be the verified bundle and a signature");
    expect(workspace.deployed("signed", "one").equals(bundleOf("one"))).toBe(true);
  });

  it("refuses what was signed of something else that was verified", () => {
    const file = "dist/delivery/signed/digest.json";
    const digest = JSON.parse(readFileSync(`${workspace.root}/${file}`, "utf8")) as object;
    workspace.put(file, JSON.stringify({ ...digest, verified: "0".repeat(64) }));
    expect(place).toThrow("was made from another verified artifact (000000000000…");
  });

  it("refuses an artifact that lacks a bundle", () => {
    signed.delete(workspace.hashes.two);
    write();
    expect(place).toThrow(`must hold ${workspace.hashes.two}.zip, the code of signed-two`);
  });
});
