import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Fn } from "cdktf";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineContract, defineStack, list, text, ZoneApp, ZoneStack } from ".";
import { synthApp, synthStack, testZone } from "./testing";

const twoRegions = testZone({
  regions: { home: "eu-west-1", recovery: "eu-central-1" },
  network: { blocks: { "eu-west-1": "10.0.0.0/16", "eu-central-1": "10.1.0.0/16" } },
});

const ownerContract = defineContract({
  stack: "owner",
  scope: "regional",
  values: {
    vpcId: text("Id of the VPC"),
    subnetIds: list("Ids of the subnets"),
    unused: text("Nobody reads it"),
  },
});
const owner = defineStack({
  name: "owner",
  scope: "regional",
  contract: ownerContract,
  build: (scope, props) =>
    new ZoneStack(scope, props).publish(ownerContract, {
      vpcId: "vpc-1",
      subnetIds: ["a", "b"],
      unused: "x",
    }),
});
const reader = defineStack({
  name: "a-reader",
  scope: "regional",
  build: (scope, props) => {
    const stack = new ZoneStack(scope, props);
    const values = stack.consume(ownerContract);
    new Vpc(stack, "One", { cidrBlock: "10.0.0.0/16", tags: { id: values.vpcId, again: values.vpcId } });
    new Vpc(stack, "Two", { cidrBlock: "10.0.0.0/16", tags: { first: Fn.element(values.subnetIds, 0) } });
  },
});

describe("ZoneStack", () => {
  it("pins the provider's range, source, account, region and tags", () => {
    const { json } = synthStack(() => undefined);
    expect(json.terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
      required_version: ">= 1.10.0",
    });
    expect(json.provider).toEqual({
      aws: [
        {
          region: "eu-west-1",
          allowed_account_ids: ["123456789012"],
          default_tags: [
            {
              tags: {
                "landfall:managed-by": "terraform",
                "landfall:owner": "platform",
                "landfall:stack": "sample",
                "landfall:zone": "test",
              },
            },
          ],
        },
      ],
    });
  });

  it("keeps state encrypted in S3 with native locking", () => {
    expect(synthStack(() => undefined).json.terraform).toMatchObject({
      backend: {
        s3: {
          bucket: "test-state-123456789012-eu-west-1",
          key: "test-sample.tfstate",
          encrypt: true,
          kms_key_id: "alias/test-state",
          use_lockfile: true,
        },
      },
    });
  });

  it("keeps the state of an emulated zone in a file whose path is relative", () => {
    const { json } = synthStack(() => undefined, { zone: testZone({ emulated: true }) });
    expect(json.terraform).toMatchObject({ backend: { local: { path: "terraform.tfstate" } } });
  });

  it("puts the stack's boundary on every role, but not over one that a role names itself", () => {
    const stack = synthStack((stack) => {
      new IamRole(stack, "Plain", { assumeRolePolicy: "{}" });
      new IamRole(stack, "Own", {
        assumeRolePolicy: "{}",
        permissionsBoundary: "arn:aws:iam::123456789012:policy/own",
      });
      stack.permissionsBoundary("arn:aws:iam::123456789012:policy/stack");
    });
    expect(stack.resources("aws_iam_role").map((role) => role.permissions_boundary)).toEqual([
      "arn:aws:iam::123456789012:policy/own",
      "arn:aws:iam::123456789012:policy/stack",
    ]);
  });

  it("refuses to synthesize a role without a boundary, naming it and what to do", () => {
    expect(() => synthStack((stack) => new IamRole(stack, "Open", { assumeRolePolicy: "{}" }))).toThrow(
      /'test-sample\/Open' must carry a permission boundary: consume the identity stack's contract/,
    );
  });
});

describe("contracts", () => {
  it("are published as parameters under the zone's prefix", () => {
    const stacks = synthApp({ zone: testZone(), definitions: [owner] });
    expect(stacks["test-owner-eu-west-1"]?.resources("aws_ssm_parameter")).toMatchObject([
      { name: "/landfall/test/owner/subnetIds", type: "StringList", value: '${join(",", ["a", "b"])}' },
      { name: "/landfall/test/owner/unused", type: "String", value: "x" },
      { name: "/landfall/test/owner/vpcId", type: "String", value: "vpc-1", description: "Id of the VPC" },
    ]);
  });

  it("are read by name, each value once and only when it is used", () => {
    const stacks = synthApp({ zone: testZone(), definitions: [reader] });
    expect(stacks["test-a-reader-eu-west-1"]?.dataSources("aws_ssm_parameter")).toMatchObject([
      { name: "/landfall/test/owner/subnetIds" },
      { name: "/landfall/test/owner/vpcId" },
    ]);
  });

  it("of a global stack are published in each region of the zone", () => {
    const contract = defineContract({ stack: "sample", scope: "global", values: { arn: text("An ARN") } });
    const stack = synthStack((stack) => stack.publish(contract, { arn: "arn" }), {
      zone: twoRegions,
      definition: { name: "sample", scope: "global", contract },
    });
    expect(stack.resources("aws_ssm_parameter")).toMatchObject([
      { provider: "aws.eu-central-1", name: "/landfall/test/sample/arn" },
      { provider: "aws", name: "/landfall/test/sample/arn" },
    ]);
  });

  it("can only be published by their owner", () => {
    expect(() =>
      synthStack((stack) => stack.publish(ownerContract, { vpcId: "", subnetIds: [], unused: "" })),
    ).toThrow("stack 'sample' must publish its own contract, got that of 'owner'");
  });

  it("make a consumer wait for the owner's instance in its own region, whatever order they are made in", () => {
    const app = new ZoneApp({
      zone: twoRegions,
      definitions: [reader, owner],
      outdir: mkdtempSync(join(tmpdir(), "zone-")),
    });
    const dependencies = app.node.children
      .filter((child): child is ZoneStack => child instanceof ZoneStack)
      .map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]);
    expect(Object.fromEntries(dependencies)).toEqual({
      "test-a-reader-eu-west-1": ["test-owner-eu-west-1"],
      "test-a-reader-eu-central-1": ["test-owner-eu-central-1"],
      "test-owner-eu-west-1": [],
      "test-owner-eu-central-1": [],
    });
  });
});

describe("defineStack", () => {
  it("refuses another stack's contract", () => {
    expect(() => defineStack({ ...owner, name: "other" })).toThrow(
      "stack 'other' (regional) must own its contract, got that of 'owner' (regional)",
    );
  });
});
