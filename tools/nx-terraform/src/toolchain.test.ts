import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compareVersions, describeToolchain, findToolchain, lockedVersion, parseVersion } from "./toolchain";

const lock = `provider "registry.terraform.io/hashicorp/random" {
  version = "3.7.2"
}

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0, < 7.0.0"
}
`;

describe("parseVersion", () => {
  it("reads both engines", () => {
    expect(parseVersion("Terraform v1.11.4\non linux_amd64\n")).toEqual({
      engine: "terraform",
      version: "1.11.4",
      platform: "linux_amd64",
    });
    expect(parseVersion("OpenTofu v1.10.6\non darwin_arm64\n")).toEqual({
      engine: "tofu",
      version: "1.10.6",
      platform: "darwin_arm64",
    });
    expect(parseVersion("command not found")).toBeUndefined();
  });
});

describe("compareVersions", () => {
  it.each([
    ["1.9.8", "1.10.0", -1],
    ["1.10.0", "1.10.0", 0],
    ["1.10.0-rc1", "1.10.0", 0],
    ["2.0.0", "1.10.9", 1],
  ])("%s against %s: %d", (a, b, sign) => {
    expect(compareVersions(a, b)).toBe(sign);
  });
});

describe("lockedVersion", () => {
  it("finds the provider among others, in the engine's own registry", () => {
    expect(lockedVersion(lock, "terraform")).toBe("5.100.0");
    expect(lockedVersion(lock, "tofu")).toBeUndefined();
  });
});

describe("findToolchain", () => {
  let root = "";
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "landfall-toolchain-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  const put = (name: string, says: string) => {
    mkdirSync(join(root, "bin"), { recursive: true });
    writeFileSync(join(root, "bin", name), `#!/bin/sh\necho "${says}"\necho "on test_arch"\n`, {
      mode: 0o755,
    });
  };
  const find = (env: Record<string, string> = {}) =>
    findToolchain(root, { PATH: join(root, "bin"), HOME: join(root, "home"), ...env });

  it("takes terraform first, and tofu where it is the only one or is asked for", async () => {
    put("tofu", "OpenTofu v1.10.6");
    expect(await find()).toMatchObject({ engine: "tofu", version: "1.10.6" });
    put("terraform", "Terraform v1.11.4");
    expect(await find()).toMatchObject({
      engine: "terraform",
      platform: "test_arch",
      binary: join(root, "bin/terraform"),
    });
    expect(await find({ LANDFALL_TERRAFORM: "tofu" })).toMatchObject({ engine: "tofu" });
  });

  it("says in one line what is missing, too old or no Terraform", async () => {
    await expect(find()).rejects.toThrow(
      /^Terraform is not found on this machine; install 1\.10\.1 or newer: \S+$/,
    );
    await expect(find({ LANDFALL_TERRAFORM: "tofu" })).rejects.toThrow(
      /^LANDFALL_TERRAFORM="tofu" is not found/,
    );
    put("terraform", "Terraform v1.9.8");
    await expect(find()).rejects.toThrow(/^terraform 1\.9\.8 \(.+\) is too old: 1\.10\.1 or newer is needed/);
    put("terraform", "hello");
    await expect(find()).rejects.toThrow(/does not answer "version"/);
  });

  it("shuts out the caller's Terraform settings and always sets its own configuration file", async () => {
    put("terraform", "Terraform v1.11.4");
    const { env } = await find({
      TF_CLI_CONFIG_FILE: "/nowhere",
      TF_DATA_DIR: "/x",
      TF_CLI_ARGS_plan: "-x",
      TF_LOG: "debug",
    });

    expect(env).toMatchObject({
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      TF_LOG: "debug",
    });
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(["TF_DATA_DIR"]));
    expect(env).not.toHaveProperty("TF_CLI_ARGS_plan");
    expect(env["TF_CLI_CONFIG_FILE"]).toBe(join(root, "dist/terraform/terraform.tfrc"));
  });

  it("configures the mirror that has the pinned version, else the registry with a cache", async () => {
    put("terraform", "Terraform v1.11.4");
    writeFileSync(join(root, ".terraform.lock.hcl"), lock.replace("5.100.0", "5.100.99"));
    const config = () => readFileSync(join(root, "dist/terraform/terraform.tfrc"), "utf8");

    expect(describeToolchain(await find())).toEqual([
      "terraform 1.11.4",
      "provider hashicorp/aws 5.100.99 from the registry",
    ]);
    expect(config()).toContain("plugin_cache_dir");
    expect(existsSync(join(root, "dist/terraform/plugin-cache"))).toBe(true);

    const mirror = join(root, "home/.terraform.d/plugins");
    mkdirSync(join(mirror, "registry.terraform.io/hashicorp/aws/5.100.99/test_arch"), { recursive: true });
    expect(describeToolchain(await find())[1]).toBe(
      `provider hashicorp/aws 5.100.99 from the mirror in ${mirror}`,
    );
    expect(config()).toContain(`path    = "${mirror}"`);
  });
});
