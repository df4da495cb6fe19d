import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Emulator, startEmulator } from "@landfall/local";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { TinyWorkspace } from "../validate/tiny-workspace";
import { configurationOf } from "./deploy-function";

jest.setTimeout(240_000);

const VENV = resolve(__dirname, "../../../../dist/local/venv");
const ACCOUNT = "123456789012";
const BUCKET = "other-state";
const LOCK = {
  ID: "35f89477-b369-7779-796b-b6950e3be98d",
  Operation: "OperationTypeApply",
  Info: "",
  Who: "ana@laptop",
  Version: "1.11.4",
  Created: "2026-01-02T03:04:05.6Z",
  Path: `${BUCKET}/other-tiny.tfstate`,
};

const workspace = new TinyWorkspace();
let emulator: Emulator;
let s3: S3Client;

/** The emulator stands for AWS here: the runner takes the zone for a real one, with credentials, a state in S3 and roles. */
beforeAll(async () => {
  emulator = await startEmulator({ root: workspace.root, venv: VENV, region: "eu-west-1", account: ACCOUNT });
  workspace.env = { ...workspace.env, ...emulator.env, AWS_MAX_ATTEMPTS: "1", LANDFALL_LOCK_SECONDS: "1" };
  s3 = new S3Client({ ...configurationOf(emulator), forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  );
  put("libs/zones/other/zone.ts", "");
  put("dist/synth/other/tiny/sources.json", "{}");
  put("dist/synth/other/tiny/stacks/other-tiny/cdk.tf.json", JSON.stringify(configuration));
  zoneIn(ACCOUNT);
});
afterAll(async () => {
  await emulator.stop();
  workspace.remove();
});

const configuration = {
  terraform: {
    required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    backend: {
      s3: {
        bucket: BUCKET,
        key: "other-tiny.tfstate",
        region: "eu-west-1",
        use_lockfile: true,
        use_path_style: true,
      },
    },
  },
  variable: { access: { type: "string", default: "plan", ephemeral: true } },
  provider: {
    aws: [
      {
        region: "eu-west-1",
        assume_role: [{ role_arn: `arn:aws:iam::${ACCOUNT}:role/other-\${var.access}` }],
      },
    ],
  },
  resource: {
    aws_dynamodb_table: {
      orders: {
        name: "orders",
        billing_mode: "PAY_PER_REQUEST",
        hash_key: "id",
        attribute: [{ name: "id", type: "S" }],
        deletion_protection_enabled: true,
      },
    },
  },
};

function put(path: string, text: string): void {
  mkdirSync(dirname(join(workspace.root, path)), { recursive: true });
  writeFileSync(join(workspace.root, path), text);
}

function zoneIn(accountId: string): void {
  const accounts = [{ name: "main", id: accountId, duties: [] }];
  const zone = { name: "other", production: true, regions: { home: "eu-west-1" }, accounts };
  const place = { account: "main", accountId, region: "eu-west-1", appliedBy: "deployer" };
  const instances = [{ name: "other-tiny", stack: "tiny", ...place }];
  put("dist/synth/other/tiny/zone.json", JSON.stringify({ zone, instances }));
}

const run = (command: string, ...options: string[]) => workspace.run(command, "--zone=other", ...options);
const holder = /locked by ana@laptop, for a deploy or a destroy, since 2026-01-02 03:04:05 UTC \(\d+ h ago\)/;

describe("a zone on AWS", () => {
  it("is refused to the credentials of another account, before anything is read", async () => {
    zoneIn("999999999999");
    const { code, stdout, stderr } = await run("deploy");
    zoneIn(ACCOUNT);

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^wrong account for zone other: it is run from account 999999999999 \(main\), and these credentials are of 123456789012 \(arn:\S+\): sign in to 999999999999, or set AWS_PROFILE\n$/,
    );
  });

  it("is deployed with those of its own account, and holds no lock afterwards", async () => {
    expect(await run("deploy")).toMatchObject({ code: 0, stderr: "" });
    expect((await run("unlock")).stdout).toBe("tiny  not locked\n");
  });

  it("says who holds its state, waits, gives up with the next step, and releases the lock by its id alone", async () => {
    const { ID: id, Path: path } = LOCK;
    await s3.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: `${path.split("/")[1]}.tflock`,
        Body: JSON.stringify(LOCK),
      }),
    );

    const blocked = await run("destroy", "--confirm=other/tiny");
    expect(blocked.stdout).toMatch(new RegExp(`waits up to 1 s: the state is ${holder.source}`));
    expect(blocked.stderr).toMatch(
      new RegExp(`the state is ${holder.source}: .* npx nx unlock tiny --configuration=other --id=${id}\n`),
    );

    const shown = await run("unlock");
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(new RegExp(`^tiny {2}${holder.source}, with the id ${id}\n`));

    expect((await run("unlock", "--id=4f2a")).stderr).toBe(
      `'--id' must be the id of a lock of tiny, got: 4f2a (locked with: ${id})\n`,
    );
    expect((await run("unlock", `--id=${id}`)).stdout).toMatch(/\ntiny {2}released\n$/);
    expect((await run("unlock")).stdout).toBe("tiny  not locked\n");
  });

  it("is not left half destroyed by what AWS protects from deletion", async () => {
    expect((await run("destroy", "--confirm=other")).stderr).toMatch(
      /^refused to destroy tiny in zone other: not confirmed: other\/tiny\n {2}tiny is protected, with it goes: aws_dynamodb_table\.orders\n/,
    );
    expect((await run("destroy", "--confirm=other/tiny")).stderr).toBe(
      "other-tiny is not destroyed: AWS protects aws_dynamodb_table.orders (deletion_protection_enabled) from deletion. Set `disposable: true` in libs/zones/other/zone.ts, deploy, and destroy again\n",
    );
    expect((await run("plan")).stdout).toMatch(/unchanged since the last deploy/);
  });
});
