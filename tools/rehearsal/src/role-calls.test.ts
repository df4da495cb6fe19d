import { type Role, type Zone } from "@landfall/permissions";
import { type Action, type Pipeline } from "./pipeline";
import { simulateCalls } from "./role-calls";

const ACCOUNT = "123456789012";
const BUCKET = "arn:aws:s3:::local-delivery-artifacts";
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d-0000-0000-0000-000000000000`;

type Statement = Zone["roles"][number]["policies"][number]["document"]["Statement"];
type Allowed = readonly { readonly Action: string | readonly string[]; readonly Resource: string }[];

const document = (allowed: readonly object[]) => ({
  Version: "2012-10-17" as const,
  Statement: allowed.map((each, index) => ({
    Sid: `S${index}`,
    Effect: "Allow",
    ...each,
  })) as unknown as Statement,
});

const role = (name: string, allowed: Allowed, trusted: string, id: string): Role => ({
  path: `local-delivery/aws_iam_role.${id}`,
  stack: "delivery",
  account: ACCOUNT,
  region: "eu-west-1",
  tags: {},
  name,
  arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  kind: "other",
  trust: { name: "trust", document: document([{ Action: "sts:AssumeRole", Principal: { AWS: trusted } }]) },
  policies: [{ name: "work", document: document(allowed) }],
});

const LOG = { Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" };
const ARTIFACTS = { Action: ["s3:GetObject", "s3:PutObject"], Resource: `${BUCKET}/*` };
const USE_KEY = { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: KEY };
const take = (kind: string) => ({
  Action: "sts:AssumeRole",
  Resource: `arn:aws:iam::${ACCOUNT}:role/local-${kind}`,
});

const zoneWith = (allowed: Allowed): Zone => ({
  name: "local",
  regions: ["eu-west-1"],
  accounts: [{ name: "main", id: ACCOUNT, management: false }],
  organization: false,
  governance: false,
  roles: [
    role("local-pipeline-plan", allowed, "*", "PlanRole"),
    role("local-plan", [], `arn:aws:iam::${ACCOUNT}:root`, "Plan"),
    role("local-deploy", [], `arn:aws:iam::${ACCOUNT}:root`, "Deploy"),
  ],
  resources: new Map([
    [
      BUCKET,
      {
        path: "local-delivery/aws_s3_bucket.Artifacts",
        stack: "delivery",
        account: ACCOUNT,
        region: "eu-west-1",
        tags: {},
        type: "aws_s3_bucket",
        arn: BUCKET,
        name: "local-delivery-artifacts",
      },
    ],
    [
      KEY,
      {
        path: "local-keys/aws_kms_key.Artifacts",
        stack: "keys",
        account: ACCOUNT,
        region: "eu-west-1",
        tags: {},
        type: "aws_kms_key",
        arn: KEY,
        name: "artifacts",
        policy: {
          name: "key",
          document: document([
            { Action: "kms:*", Resource: "*", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
          ]),
        },
      },
    ],
  ]),
  controls: new Map(),
  boundaries: [],
  functions: [],
  consumptions: [],
  archives: new Set(),
  trailLogs: new Set(),
  keys: new Map([[BUCKET, KEY]]),
});

const ACTION: Action = {
  stage: "local",
  name: "Plan",
  category: "Build",
  provider: "CodeBuild",
  inputs: ["source", "verified"],
  outputs: ["plan_local"],
  namespace: undefined,
  configuration: {},
  project: {
    id: "Plan",
    name: "local-delivery-plan",
    buildSpec: "node tools/run.mjs delivery plan --zone local",
    environment: {},
    role: "PlanRole",
    logGroup: "/aws/codebuild/local-delivery-plan",
    privileged: false,
  },
};

const PIPELINE: Pipeline = {
  instance: "local-delivery",
  name: "local-delivery",
  region: "eu-west-1",
  actions: [ACTION],
};

const simulated = (allowed: Allowed) => simulateCalls(zoneWith(allowed), PIPELINE, ACTION);

describe("simulateCalls", () => {
  it("finds nothing wrong with a role that may do its work, and no more", async () => {
    expect(await simulated([LOG, ARTIFACTS, USE_KEY, take("plan")])).toEqual({
      role: "local-pipeline-plan",
      calls: 9,
      wrong: [],
    });
  });

  it("names each call that the role must be able to make and is not", async () => {
    const { wrong } = await simulated([LOG, USE_KEY]);
    expect(wrong).toEqual([
      "local-pipeline-plan must be able to read the artifact source (s3:GetObject): not allowed by identity",
      "local-pipeline-plan must be able to read the artifact verified (s3:GetObject): not allowed by identity",
      "local-pipeline-plan must be able to hand on the artifact plan_local (s3:PutObject): not allowed by identity",
      "local-pipeline-plan must be able to take the role local-plan (sts:AssumeRole): not allowed by identity",
    ]);
  });

  it("names a role that it must not be able to take", async () => {
    const { wrong } = await simulated([LOG, ARTIFACTS, USE_KEY, take("plan"), take("deploy")]);
    expect(wrong).toEqual([
      "local-pipeline-plan must not be able to take the role local-deploy (sts:AssumeRole): allowed by S4, S0",
    ]);
  });

  it("finds a project without a role of the zone wrong", async () => {
    const other = { ...PIPELINE, instance: "elsewhere" };
    expect((await simulateCalls(zoneWith([]), other, ACTION)).wrong).toEqual([
      "the role of local/Plan is not in the zone",
    ]);
  });
});
