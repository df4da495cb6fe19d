import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findToolchain, pathsOf, readSynthesis, stacksIn, type Toolchain } from "@landfall/nx-terraform";
import { nx } from "../nx";
import { ROOT } from "../workspace";

jest.setTimeout(600_000);

/**
 * The zone that no emulator stands in for: its own settings (deletion protection, retention, its S3 backend) are
 * evaluated here with the real provider's schema and mocked resources. Values that the provider judges as ARNs get one.
 */
const ZONE = "sandbox";
const TEST = `
mock_provider "aws" {
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "arn:aws:kms:eu-west-1:123456789012:key/mock" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/mock", key_id = "00000000-0000-0000-0000-000000000000" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:mock", url = "https://sqs.example.com/mock" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mock" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/mock" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:mock" }
  }
}

run "applies" {
  command = apply
}
`;

let toolchain: Toolchain;

beforeAll(async () => {
  toolchain = await findToolchain(ROOT);
  // Initializes each working folder, without its backend.
  const { status, output } = nx("run-many", "-t", "validate", `--configuration=${ZONE}`, "--parallel=2");
  expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
});

describe.each(stacksIn(ROOT))("%s", (stack) => {
  it("plans and applies with mocked resources", () => {
    const { instances, folder } = readSynthesis(ROOT, ZONE, stack);
    for (const instance of instances) {
      const work = mkdtempSync(join(tmpdir(), "landfall-mock-"));
      const { lock, work: initialized } = pathsOf(ROOT, ZONE, instance);
      cpSync(join(folder, "stacks", instance.name), work, { recursive: true });
      cpSync(lock, join(work, ".terraform.lock.hcl"));
      writeFileSync(join(work, "zone.tftest.hcl"), TEST);
      const { status, stdout, stderr } = spawnSync(toolchain.binary, ["test", "-no-color"], {
        cwd: work,
        encoding: "utf8",
        env: { ...toolchain.env, TF_DATA_DIR: join(initialized, ".terraform") },
      });
      rmSync(work, { recursive: true, force: true });
      expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
      expect(stdout).toContain("1 passed, 0 failed");
    }
  });
});
