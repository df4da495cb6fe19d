import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findMirror } from "./provider-mirror";

const registry = "registry.terraform.io";

describe("findMirror", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-mirror-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const unpacked = (mirror: string, version: string, platform = "linux_amd64") =>
    mkdirSync(join(folder, mirror, registry, "hashicorp/aws", version, platform), { recursive: true });
  const find = (version?: string) =>
    findMirror(
      {
        registry,
        provider: "hashicorp/aws",
        platform: "linux_amd64",
        version,
        env: { HOME: join(folder, "home") },
      },
      [join(folder, "share")],
    );

  it.each(["share", "share/plugins"])("looks in a usual root and one folder below: %s", (mirror) => {
    unpacked(mirror, "5.100.0");
    expect(find("5.100.0")).toEqual({ path: join(folder, mirror), versions: ["5.100.0"] });
  });

  it("looks no deeper", () => {
    unpacked("share/a/b", "5.100.0");
    expect(find()).toBeUndefined();
  });

  it("prefers the folder that Terraform itself would look in", () => {
    unpacked("share", "5.100.0");
    unpacked("home/.terraform.d/plugins", "5.100.0");
    expect(find("5.100.0")?.path).toBe(join(folder, "home/.terraform.d/plugins"));
  });

  it("passes over a mirror without the pinned version", () => {
    unpacked("share", "5.99.0");
    unpacked("share/newer", "5.100.0");
    expect(find("5.100.0")?.path).toBe(join(folder, "share/newer"));
    expect(find("6.0.0")).toBeUndefined();
  });

  it("passes over another platform's packages", () => {
    unpacked("share", "5.100.0", "darwin_arm64");
    expect(find()).toBeUndefined();
  });

  it("knows packed packages", () => {
    const packages = join(folder, "share", registry, "hashicorp/aws");
    mkdirSync(packages, { recursive: true });
    writeFileSync(join(packages, "terraform-provider-aws_5.100.0_linux_amd64.zip"), "");
    writeFileSync(join(packages, "terraform-provider-aws_5.101.0_darwin_arm64.zip"), "");
    expect(find()?.versions).toEqual(["5.100.0"]);
  });
});
