import { rmSync } from "node:fs";
import { join } from "node:path";
import { APPROVED_DIGEST } from "../digest/plan-manifest";
import { nxTarget } from "../run";
import { DeliveredWorkspace } from "../testing";
import { deploy } from "./deploy";

/** Stands for Nx, which would apply the plans by Terraform: the rung local does that. */
jest.mock("../run", () => ({ nxTarget: jest.fn(() => Promise.resolve(0)) }));

const applied = jest.mocked(nxTarget);
let workspace: DeliveredWorkspace;
let lines: string[];

beforeEach(() => {
  workspace = new DeliveredWorkspace();
  lines = [];
  applied.mockClear();
});
afterEach(() => {
  rmSync(workspace.root, { recursive: true });
  delete process.env[APPROVED_DIGEST];
});

const run = () => deploy(workspace.root, "sandbox", (line) => lines.push(line));

describe("deploy", () => {
  it("applies the plans, and says what is deployed", async () => {
    process.env[APPROVED_DIGEST] = workspace.digest;
    await run();
    expect(applied).toHaveBeenCalledWith(workspace.root, "apply", "sandbox", ["network"]);
    expect(lines.join("\n")).toContain("The zone sandbox is deployed: network; 0 stacks are unchanged");
  });

  it("fails where a plan is not applied", async () => {
    applied.mockResolvedValueOnce(1);
    await expect(run()).rejects.toThrow("Not all of the zone sandbox is deployed");
  });

  it.each([
    [
      "a saved plan",
      "dist/plans/sandbox/sandbox-network/plan.tfplan",
      "The plans of the zone sandbox are not what was approved: sandbox-network/plan.tfplan was changed; nothing was applied; plan and approve again",
    ],
    [
      "a file beside the saved plans",
      "dist/plans/sandbox/sandbox-network/extra.tfplan",
      "The plans of the zone sandbox are not what was approved: sandbox-network/extra.tfplan was added; nothing was applied; plan and approve again",
    ],
    [
      "a bundle",
      "dist/delivery/verified/synth/sandbox/network/stacks/i/assets/function.zip",
      "The artifact verified is not what verify made: synth/sandbox/network/stacks/i/assets/function.zip was changed; nothing was done; run the pipeline again from verify",
    ],
    [
      "the source",
      "stacks/network/src/stack.ts",
      "The source is not what was verified: stacks/network/src/stack.ts was changed; nothing was done; run the pipeline again from verify",
    ],
    [
      "a new file of the source",
      "stacks/network/src/other.ts",
      "The source is not what was verified: stacks/network/src/other.ts was added; nothing was done; run the pipeline again from verify",
    ],
  ])("refuses when somebody has tampered with %s", async (_, file, message) => {
    workspace.put(file, "tampered");
    await expect(run()).rejects.toThrow(message);
    expect(applied).not.toHaveBeenCalled();
  });

  it("refuses when a plan was taken away", async () => {
    rmSync(join(workspace.root, "dist/plans/sandbox/sandbox-network/plan.tfplan"));
    await expect(run()).rejects.toThrow("sandbox-network/plan.tfplan was removed");
    expect(applied).not.toHaveBeenCalled();
  });

  it("refuses plans of which the manifest fits but is not the one that the pipeline keeps", async () => {
    process.env[APPROVED_DIGEST] = "0".repeat(64);
    await expect(run()).rejects.toThrow(/not what was approved: manifest\.json was changed/);
    expect(applied).not.toHaveBeenCalled();
  });

  it("refuses plans that were made from something else that was verified", async () => {
    const other = new DeliveredWorkspace("sandbox", [{ name: "lint", outcome: "passed", seconds: 2 }]);
    process.env.CODEBUILD_SRC_DIR_plan_sandbox = join(other.root, "dist/plans/sandbox");
    try {
      await expect(run()).rejects.toThrow("were made from another verified artifact");
    } finally {
      delete process.env.CODEBUILD_SRC_DIR_plan_sandbox;
      rmSync(other.root, { recursive: true });
    }
    expect(applied).not.toHaveBeenCalled();
  });

  it("refuses to deliver to a zone of AWS what was verified with checks left out", async () => {
    rmSync(workspace.root, { recursive: true });
    workspace = new DeliveredWorkspace("sandbox", [{ name: "lint", outcome: "skipped", seconds: 0 }]);
    await expect(run()).rejects.toThrow(
      "The zone sandbox is one of AWS, and takes nothing that was verified without: lint",
    );
    expect(applied).not.toHaveBeenCalled();
  });

  it("asks for what is missing", async () => {
    rmSync(join(workspace.root, "dist/plans"), { recursive: true });
    await expect(run()).rejects.toThrow("run `node tools/run.mjs delivery plan --zone sandbox` first");
    rmSync(join(workspace.root, "dist"), { recursive: true });
    await expect(run()).rejects.toThrow("run `node tools/run.mjs delivery verify` first");
    await expect(deploy(workspace.root, "standard", () => undefined)).rejects.toThrow("delivery verify");
  });
});
