import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ParameterStore } from "./parameter-store";
import { TinyWorkspace } from "./tiny-workspace";

jest.setTimeout(240_000);

const NAME = "/landfall/local/tiny/answer";
const workspace = new TinyWorkspace();
const environment = workspace.env;
const store = new ParameterStore();

const file = (...path: string[]) => join(workspace.root, ...path);

beforeAll(async () => workspace.announce(await store.start()));
afterEach(() => (workspace.env = environment));
afterAll(() => {
  store.stop();
  workspace.remove();
});

describe("drift, with the real Terraform", () => {
  beforeAll(async () => {
    workspace.synthesize({
      aws_ssm_parameter: { answer: { name: NAME, type: "String", insecure_value: "42" } },
    });
    expect(await workspace.run("deploy")).toMatchObject({ code: 0, stderr: "" });
  });

  it("finds none after a deploy", async () => {
    const { code, stdout } = await workspace.run("drift");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^tiny {2}no drift {2}[\d.]+ s$/m);
    expect(workspace.result("drift.json")).toMatchObject({ instance: "local-tiny", drifted: [] });
  });

  it("shows and reports what somebody changed, fails, and names the deploy that puts it back", async () => {
    store.parameters.set(NAME, { ...store.parameters.get(NAME), Value: "43", Version: 2 });
    const { code, stdout, stderr } = await workspace.run("drift");

    expect(code).toBe(1);
    expect(stdout).toMatch(/^tiny {2}~ aws_ssm_parameter\.answer {2}.*insecure_value "42" → "43"/m);
    expect(stderr).toMatch(
      /^tiny: 1 resource was changed outside of Terraform: `LANDFALL_CUTOFF=off npx nx deploy tiny --configuration=local` puts them back/,
    );
    expect(readFileSync(file("dist/terraform/local/drift.md"), "utf8")).toMatch(
      /^## Drift of zone local: 1 resource changed outside of Terraform\n/,
    );
    expect(existsSync(file("dist/terraform/local/local-tiny/drift.tfplan"))).toBe(false);

    expect((await workspace.run("drift", "--report-only")).code).toBe(0);
    workspace.env = { ...environment, LANDFALL_CUTOFF: "off" };
    expect((await workspace.run("deploy")).stdout).toMatch(/deployed: 0 added, 1 changed/);
    expect((await workspace.run("drift")).code).toBe(0);
  });

  it("shows what is published as one JSON object", async () => {
    const { stdout } = await workspace.run("output", "--json");

    expect(JSON.parse(stdout)).toEqual({ "local-tiny": { "tiny/answer": "42" } });
  });

  it("has no lock to release, and says so", async () => {
    expect((await workspace.run("unlock")).stdout).toBe("tiny  not locked\n");
    expect((await workspace.run("unlock", "--id=4f2a")).stderr).toBe(
      "'--id' must be the id of a lock of tiny, got: 4f2a (none is locked)\n",
    );
  });

  it("refuses an option of another command", async () => {
    expect(await workspace.run("plan", "--id=4f2a")).toMatchObject({
      code: 1,
      stderr: "--id is for unlock, got: plan\n",
    });
  });
});

describe("a secret", () => {
  it("is named and never shown when it changes", async () => {
    const secret = (value: string) =>
      workspace.synthesize({
        aws_ssm_parameter: { secret: { name: "/secret", type: "SecureString", value } },
      });
    secret("hunter2-before");
    expect(await workspace.run("deploy")).toMatchObject({ code: 0, stderr: "" });
    secret("hunter2-after");
    const { code, stdout, stderr } = await workspace.run("plan");
    const folder = file("dist/plans/local/local-tiny");
    const texts = readdirSync(folder)
      .filter((name) => name !== "plan.tfplan")
      .map((name) => readFileSync(join(folder, name), "utf8"));

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("value (sensitive)");
    expect(texts.length).toBeGreaterThan(3);
    expect(readFileSync(file("dist/plans/local/brief.txt"), "utf8")).toBe(
      "local: 0 to add, 1 to change, 0 to replace, 0 to destroy\nlocal-tiny aws_ssm_parameter.secret changed\n",
    );
    for (const text of [stdout, ...texts]) expect(text).not.toContain("hunter2");
  });
});

describe("a zone on AWS", () => {
  beforeAll(() => {
    const put = (path: string, text: string) => {
      mkdirSync(dirname(file(path)), { recursive: true });
      writeFileSync(file(path), text);
    };
    const accounts = [{ name: "main", id: "123456789012", duties: [] }];
    put("libs/zones/other/zone.ts", "");
    put(
      "dist/synth/other/tiny/zone.json",
      JSON.stringify({
        zone: { name: "other", regions: { home: "eu-west-1" }, accounts },
        instances: [
          {
            name: "other-tiny",
            stack: "tiny",
            account: "main",
            accountId: "123456789012",
            region: "eu-west-1",
          },
        ],
      }),
    );
  });
  beforeEach(() => {
    const others = Object.entries(environment).filter(([name]) => !name.startsWith("AWS_"));
    workspace.env = {
      ...Object.fromEntries(others),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  });

  it("is not destroyed without its name, and the refusal gives the command", async () => {
    expect(await workspace.run("destroy", "--zone=other")).toMatchObject({
      code: 1,
      stderr: [
        "refused to destroy tiny in zone other: not confirmed: other",
        "  nothing of this run was destroyed; to destroy it: npx nx destroy tiny --configuration=other --confirm=other",
        "",
      ].join("\n"),
    });
  });

  it.each([["deploy"], ["destroy", "--confirm=other"]])(
    "lets nobody in without credentials, in one line, before anything is read: %s",
    async (command, ...options) => {
      expect(await workspace.run(command, "--zone=other", ...options)).toEqual({
        code: 1,
        stdout: "",
        stderr: "zone other: no AWS credentials: sign in, or set AWS_PROFILE, and run it again\n",
      });
      expect(existsSync(file("dist/terraform/other"))).toBe(false);
    },
  );
});
