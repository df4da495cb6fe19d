import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Fn } from "cdktf";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineContract, defineStack, instancesOf, list, text, ZoneApp, ZoneStack } from ".";
import { organizationZone, synthApp, synthStack, testZone, twoRegionZone } from "./testing";

const twoRegions = twoRegionZone();

const ownerContract = defineContract({
  stack: "owner",
  scope: "regional",
  accounts: "every",
  values: {
    vpcId: text("Id of the VPC"),
    subnetIds: list("Ids of the subnets"),
    unused: text("Nobody reads it"),
  },
});
const owner = defineStack({
  name: "owner",
  scope: "regional",
  accounts: "every",
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
  accounts: "every",
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
      required_version: ">= 1.10.1",
    });
    expect(json.provider).toEqual({
      aws: [
        {
          region: "eu-west-1",
          allowed_account_ids: ["123456789012"],
          assume_role: [{ role_arn: "arn:aws:iam::123456789012:role/test-${var.access}" }],
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
          kms_key_id: "arn:aws:kms:eu-west-1:123456789012:alias/test-state",
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
      /'test-sample\/Open' must carry a permission boundary: consume the bootstrap stack's contract/,
    );
  });

  it("plans with the role that reads, and leaves the choice open until a plan is applied", () => {
    expect(synthStack(() => undefined).json.variable).toMatchObject({
      access: { default: "plan", ephemeral: true },
    });
  });

  it("assumes no role where an administrator applies it, but that of the organization in its other accounts", () => {
    const definition = {
      name: "sample",
      scope: "global",
      accounts: "every",
      appliedBy: "administrator",
    } as const;
    const single = synthStack(() => undefined, { definition });
    expect(single.json.variable).toBeUndefined();
    expect(JSON.stringify(single.json)).not.toContain("assume_role");

    const stacks = synthApp({
      zone: organizationZone(),
      definitions: [{ ...definition, build: (scope, props) => new ZoneStack(scope, props) }],
    });
    const role = { role_arn: "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole" };
    expect(stacks["test-sample-security"]?.json.provider).toMatchObject({ aws: [{ assume_role: [role] }] });
    expect(JSON.stringify(stacks["test-sample-management"]?.json.provider)).not.toContain("assume_role");
    // The state is in the home account.
    expect(stacks["test-sample-management"]?.json.terraform).toMatchObject({
      backend: {
        s3: { assume_role: { role_arn: "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole" } },
      },
    });
  });

  it("reaches another region and account through providers of their own, each made once", () => {
    const zone = organizationZone();
    const [home, security] = zone.accounts;
    if (!home || !security) throw new Error("no accounts");
    const stacks = synthApp({
      zone,
      definitions: [
        {
          name: "sample",
          scope: "global",
          accounts: ["network"],
          build: (scope, props) => {
            const stack = new ZoneStack(scope, props);
            for (const _ of [1, 2]) stack.providerIn({ account: security, region: "us-east-1" });
            stack.providerIn({ account: home, region: "eu-west-1" });
          },
        },
      ],
    });
    expect(stacks["test-sample"]?.json.provider).toMatchObject({
      aws: [
        { region: "eu-west-1" },
        { alias: "security-us-east-1", region: "us-east-1", allowed_account_ids: ["222222222222"] },
      ],
    });
  });
});

describe("instances", () => {
  it("are in each account and region, the home account's first and without its name", () => {
    const names = (zone = organizationZone(), first?: "log-archive") =>
      instancesOf(zone, { ...owner, ...(first ? { first } : {}) }).map(({ name }) => name);
    expect(names().slice(0, 4)).toEqual([
      "test-owner-eu-west-1",
      "test-owner-eu-central-1",
      "test-owner-security-eu-west-1",
      "test-owner-security-eu-central-1",
    ]);
    expect(names()).toHaveLength(10);
    expect(names(organizationZone(), "log-archive").slice(0, 3)).toEqual([
      "test-owner-log-archive-eu-west-1",
      "test-owner-log-archive-eu-central-1",
      "test-owner-eu-west-1",
    ]);
    expect(names(testZone())).toEqual(["test-owner-eu-west-1"]);
  });

  it("are only where an account has the duty", () => {
    const management = { ...owner, scope: "global" as const, accounts: ["management"] as const };
    expect(instancesOf(testZone(), management)).toEqual([]);
    expect(instancesOf(organizationZone(), management).map(({ name }) => name)).toEqual([
      "test-owner-management",
    ]);
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
    const contract = defineContract({
      stack: "sample",
      scope: "global",
      accounts: "every",
      values: { arn: text("An ARN") },
    });
    const stack = synthStack((stack) => stack.publish(contract, { arn: "arn" }), {
      zone: twoRegions,
      definition: { name: "sample", scope: "global", accounts: "every", contract },
    });
    expect(stack.resources("aws_ssm_parameter")).toMatchObject([
      { provider: "aws.eu-central-1", name: "/landfall/test/sample/arn" },
      { provider: "aws", name: "/landfall/test/sample/arn" },
    ]);
  });

  it("may differ from region to region", () => {
    const contract = defineContract({
      stack: "sample",
      scope: "global",
      accounts: "every",
      values: { arn: text("An ARN") },
    });
    const stack = synthStack((stack) => stack.publish(contract, (region) => ({ arn: `arn-${region}` })), {
      zone: twoRegions,
      definition: { name: "sample", scope: "global", accounts: "every", contract },
    });
    expect(stack.resources("aws_ssm_parameter").map(({ value }) => value)).toEqual([
      "arn-eu-central-1",
      "arn-eu-west-1",
    ]);
  });

  it("are read in the account that has the owner, where this one has not, and elsewhere when asked", () => {
    const contract = defineContract({
      stack: "central",
      scope: "regional",
      accounts: ["security"],
      values: { arn: text("An ARN") },
    });
    const stacks = synthApp({
      zone: organizationZone(),
      definitions: [
        {
          name: "reader",
          scope: "regional",
          accounts: ["workload"],
          build: (scope, props) => {
            const stack = new ZoneStack(scope, props);
            const [near, far] = [stack.consume(contract), stack.consume(contract, { region: "ap-south-1" })];
            new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { near: near.arn, far: far.arn } });
          },
        },
      ],
    });
    expect(stacks["test-reader-workload-eu-central-1"]?.dataSources("aws_ssm_parameter")).toMatchObject([
      { provider: "aws.security-ap-south-1", name: "/landfall/test/central/arn" },
      { provider: "aws.security", name: "/landfall/test/central/arn" },
    ]);
  });

  it("of a stack that the zone has not can't be read", () => {
    const contract = defineContract({
      stack: "central",
      scope: "global",
      accounts: ["management"],
      values: {},
    });
    expect(() => synthStack((stack) => stack.consume(contract))).toThrow(
      "zone 'test' has no stack 'central'",
    );
  });

  it("leave out what a zone has not: an empty value is not published", () => {
    const contract = defineContract({
      stack: "sample",
      scope: "global",
      accounts: "every",
      values: { arn: text("An ARN"), ids: list("Ids") },
    });
    const stack = synthStack((stack) => stack.publish(contract, { arn: "", ids: [] }), {
      definition: { name: "sample", scope: "global", accounts: "every", contract },
    });
    expect(stack.resources("aws_ssm_parameter")).toEqual([]);
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
      "stack 'other' (regional, every) must own its contract, got that of 'owner' (regional, every)",
    );
  });
});
