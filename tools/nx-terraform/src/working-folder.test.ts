import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { prepare } from "./working-folder";
import { type Instance } from "./workspace";

const instance: Instance = {
  name: "local-network",
  stack: "network",
  account: "main",
  accountId: "123456789012",
  region: "eu-west-1",
  appliedBy: "deployer",
};

describe("prepare", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "landfall-folder-"));
    put(
      "synth/stacks/local-network/cdk.tf.json",
      JSON.stringify({ resource: { aws_vpc: { a: {} }, aws_flow_log: { b: {} } } }),
    );
    put("synth/stacks/local-network/assets/one.zip", "1");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const put = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  const work = (file: string) => join(root, "dist/terraform/local/local-network", file);
  const synthesis = () => ({
    folder: join(root, "synth"),
    zone: {
      name: "local",
      emulated: true,
      production: false,
      disposable: true,
      regions: { home: "eu-west-1" },
      accounts: [],
    },
    instances: [instance] as const,
  });
  const emulated = (startedAt: string) => ({
    emulator: { pid: 1, endpoint: "", env: {}, limits: "", startedAt },
    limits: {
      notEmulated: [{ stack: "network", address: "aws_flow_log.*", why: "x", retiredBy: "y" }],
      drifts: [],
    },
  });

  it("copies what was synthesized as it is for a zone on AWS", () => {
    const folder = prepare(root, synthesis(), instance, undefined, undefined);

    expect(readFileSync(work("cdk.tf.json"))).toEqual(
      readFileSync(join(root, "synth/stacks/local-network/cdk.tf.json")),
    );
    expect(existsSync(work("assets/one.zip"))).toBe(true);
    expect(folder).toMatchObject({ declared: 2, notEmulated: [] });
  });

  it("fits the copy to the emulator, and counts what it leaves out", () => {
    const folder = prepare(root, synthesis(), instance, emulated("now"), undefined);

    expect(JSON.parse(readFileSync(work("cdk.tf.json"), "utf8"))).toEqual({
      resource: { aws_vpc: { a: {} } },
    });
    expect(folder).toMatchObject({ declared: 2, notEmulated: [{ address: "aws_flow_log.b", why: "x" }] });
  });

  it("removes what is no longer synthesized, and keeps what Terraform put there", () => {
    prepare(root, synthesis(), instance, undefined, undefined);
    writeFileSync(work("assets/old.zip"), "");
    writeFileSync(work("terraform.tfstate"), "{}");
    mkdirSync(work(".terraform"));
    prepare(root, synthesis(), instance, undefined, undefined);

    expect(readdirSync(work(".")).sort()).toEqual([
      ".terraform",
      "assets",
      "cdk.tf.json",
      "landfall_fingerprint.tf.json",
      "logs",
      "terraform.tfstate",
    ]);
    expect(readdirSync(work("assets"))).toEqual(["one.zip"]);
  });

  it("puts the fingerprint of what Terraform will read beside it", () => {
    const whole = prepare(root, synthesis(), instance, undefined, undefined).fingerprint;
    const { fingerprint } = prepare(root, synthesis(), instance, emulated("now"), undefined);

    expect(fingerprint).not.toBe(whole);
    expect(JSON.parse(readFileSync(work("landfall_fingerprint.tf.json"), "utf8"))).toEqual({
      resource: {
        terraform_data: {
          landfall_fingerprint: { input: { fingerprint, consumed: {} }, depends_on: ["aws_vpc.a"] },
        },
      },
    });
  });

  it("forgets the state and the saved plan of an emulator that is gone", () => {
    const plan = join(root, "dist/plans/local/local-network/plan.tfplan");
    prepare(root, synthesis(), instance, emulated("monday"), undefined);
    put("dist/plans/local/local-network/plan.tfplan", "");
    writeFileSync(work("terraform.tfstate"), "{}");
    prepare(root, synthesis(), instance, emulated("monday"), undefined);
    expect(existsSync(work("terraform.tfstate")) && existsSync(plan)).toBe(true);
    prepare(root, synthesis(), instance, emulated("tuesday"), undefined);
    expect(existsSync(work("terraform.tfstate")) || existsSync(plan)).toBe(false);
  });
});
