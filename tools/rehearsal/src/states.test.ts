import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { carryStates } from "./states";

const folder = mkdtempSync(join(tmpdir(), "landfall-states-"));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (file: string, content: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
};
const of = (root: string, name: string) => join(folder, root, "dist/terraform/local/local-keys", name);

describe("carryStates", () => {
  it("carries the state and whose emulator's it is, in the place of older ones, and nothing else", () => {
    for (const name of ["terraform.tfstate", ".emulator", "cdk.tf.json", "plan.tfplan"]) {
      put(`one/dist/terraform/local/local-keys/${name}`, "new");
    }
    put("two/dist/terraform/local/local-keys/terraform.tfstate", "old");
    put("two/dist/terraform/local/local-keys/terraform.tfstate.backup", "old");
    carryStates(join(folder, "one"), join(folder, "two"), "local");
    expect(readFileSync(of("two", "terraform.tfstate"), "utf8")).toBe("new");
    expect(readFileSync(of("two", ".emulator"), "utf8")).toBe("new");
    for (const name of ["terraform.tfstate.backup", "cdk.tf.json", "plan.tfplan"]) {
      expect(existsSync(of("two", name))).toBe(false);
    }
  });

  it("has nothing to carry where nothing was deployed", () => {
    carryStates(join(folder, "none"), join(folder, "three"), "local");
    expect(existsSync(join(folder, "three"))).toBe(false);
  });
});
