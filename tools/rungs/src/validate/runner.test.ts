import { setTimeout as sleep } from "node:timers/promises";

import { ParameterStore } from "./parameter-store";
import { TinyWorkspace } from "./tiny-workspace";

jest.setTimeout(120_000);

const workspace = new TinyWorkspace();
const store = new ParameterStore();
const parameter = { name: "/landfall/local/tiny/answer", type: "String", value: "42" };
let endpoint = "";

beforeAll(async () => (endpoint = await store.start()));
beforeEach(() => {
  store.mood = "accept";
  store.parameters.clear();
  workspace.synthesize({ aws_ssm_parameter: { answer: parameter } });
  workspace.announce(endpoint);
});
afterAll(() => {
  store.stop();
  workspace.remove();
});

/** Starts a deploy whose one resource will never be made, and waits until Terraform waits for it. */
async function startHanging() {
  store.mood = "hang";
  const before = store.hanging;
  const running = workspace.start("deploy");
  while (store.hanging === before && running.process.exitCode === null) await sleep(100);
  return running;
}

/** Waits until Terraform has ended by itself. */
async function untilGone(seconds: number): Promise<void> {
  for (
    const end = Date.now() + seconds * 1_000;
    Date.now() < end && workspace.terraformProcesses().length > 0;
  )
    await sleep(200);
}

describe("the runner, with the real Terraform and provider", () => {
  it("initializes once, and validates with neither emulator nor account", async () => {
    const first = await workspace.run("validate");
    const second = await workspace.run("validate");

    expect(first.stderr).toBe("");
    expect(first.stdout).toMatch(
      /^tiny {2}initialized: provider hashicorp\/aws 5\.100\.0 from the (mirror|registry) .*\ntiny {2}valid: 1 resources/,
    );
    expect(second.stdout).toMatch(/^tiny {2}valid: 1 resources/);
  });

  it("names the resource and its line of TypeScript when the provider does not know an argument", async () => {
    workspace.synthesize({ aws_ssm_parameter: { answer: { ...parameter, colour: "red" } } });
    const { code, stderr } = await workspace.run("validate");

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^tiny {2}validate failed: aws_ssm_parameter\.answer: .*"colour".*\n +at stacks\/tiny\/src\/stack\.ts:31\n/,
    );
  });

  it("deploys, has nothing to do the second time, shows what is published, and destroys it", async () => {
    const deployed = await workspace.run("deploy");
    expect(deployed).toMatchObject({ code: 0, stderr: "" });
    expect(deployed.stdout).toMatch(
      /aws_ssm_parameter\.answer created {2}\d+ s {2}\(1\/1\)\ntiny {2}deployed: 1 added, 0 changed, 0 destroyed; 1 resources in place/,
    );
    expect(workspace.result("deploy.json")).toMatchObject({
      instance: "local-tiny",
      stack: "tiny",
      resources: 1,
      applied: 1,
      added: 1,
      notEmulated: [],
    });

    expect((await workspace.run("deploy")).stdout).toMatch(
      /^tiny {2}unchanged since the last deploy; 1 resources in place/,
    );
    expect((await workspace.run("plan")).stdout).toMatch(/^tiny {2}unchanged since the last deploy/);
    expect(workspace.result("plan.json", "plans")).toMatchObject({
      stack: "tiny",
      unchanged: true,
      add: 0,
      change: 0,
      destroy: 0,
    });
    expect((await workspace.run("output")).stdout).toBe("tiny  tiny/answer = 42\n");

    expect((await workspace.run("destroy")).stdout).toMatch(/destroyed 1 resources/);
    expect(store.parameters.size).toBe(0);
  });

  it("says what failed, where it was made and where to read more, and no stack trace", async () => {
    store.mood = "refuse";
    const { code, stderr } = await workspace.run("deploy");

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^tiny {2}deploy failed: aws_ssm_parameter\.answer: .*ParameterLimitExceeded: no more.*\n {6}at stacks\/tiny\/src\/stack\.ts:31\n {4}log: dist\/terraform\/local\/local-tiny\/logs\/deploy\.log\n$/,
    );
  });

  it("stops at Ctrl-C with no process left, and lets no second run in before", async () => {
    const running = await startHanging();
    expect(workspace.terraformProcesses().length).toBeGreaterThan(1);
    expect((await workspace.run("plan")).stderr).toMatch(
      /^local-tiny is in use by another run \(deploy, process \d+\)/,
    );

    running.process.kill("SIGINT");
    const { code, stdout, stderr } = await running.finished;
    expect(code).toBe(130);
    expect(stdout).toContain("tiny  stopping");
    expect(stderr).toBe("Stopped by SIGINT; run it again to continue\n");
    expect(workspace.terraformProcesses()).toEqual([]);
  });

  it("leaves no process and no lock when it is killed, and the next run continues", async () => {
    const running = await startHanging();
    running.process.kill("SIGKILL");
    await untilGone(20);
    expect(workspace.terraformProcesses()).toEqual([]);

    store.mood = "accept";
    expect((await workspace.run("deploy")).stdout).toMatch(/1 resources in place/);
  });
});
