import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPipeline } from "./pipeline";

const folder = mkdtempSync(join(tmpdir(), "landfall-pipeline-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ACTION = { owner: "AWS", version: "1" };

const RESOURCE = {
  aws_cloudwatch_log_group: { Logs: { name: "/aws/codebuild/plan" } },
  aws_codebuild_project: {
    Plan: {
      name: "local-delivery-plan",
      service_role: "${aws_iam_role.PlanRole.arn}",
      source: { type: "CODEPIPELINE", buildspec: "version: 0.2" },
      environment: {
        privileged_mode: false,
        environment_variable: [
          { name: "PLAIN", value: "text", type: "PLAINTEXT" },
          { name: "STORED", value: "/a/parameter", type: "PARAMETER_STORE" },
        ],
      },
      logs_config: { cloudwatch_logs: { group_name: "${aws_cloudwatch_log_group.Logs.name}" } },
    },
  },
  aws_codepipeline: {
    Pipeline: {
      name: "local-delivery",
      stage: [
        {
          name: "Source",
          action: [
            {
              ...ACTION,
              name: "Source",
              category: "Source",
              provider: "CodeCommit",
              output_artifacts: ["source"],
            },
          ],
        },
        {
          name: "local",
          action: [
            { ...ACTION, name: "Approve", category: "Approval", provider: "Manual", run_order: 2 },
            {
              ...ACTION,
              name: "Plan",
              category: "Build",
              provider: "CodeBuild",
              run_order: 1,
              namespace: "plan_local",
              input_artifacts: ["source"],
              configuration: { ProjectName: "${aws_codebuild_project.Plan.name}" },
            },
          ],
        },
      ],
    },
  },
};

function write(resource: object): void {
  mkdirSync(join(folder, "stacks", "local-delivery"), { recursive: true });
  writeFileSync(join(folder, "stacks", "local-delivery", "cdk.tf.json"), JSON.stringify({ resource }));
  const instances = [{ name: "local-delivery", region: "eu-west-1" }];
  writeFileSync(join(folder, "zone.json"), JSON.stringify({ instances }));
}

describe("readPipeline", () => {
  it("gives the actions in the order in which they run, each with its project", () => {
    write(RESOURCE);
    const pipeline = readPipeline(folder, "local");
    expect(pipeline).toMatchObject({
      instance: "local-delivery",
      name: "local-delivery",
      region: "eu-west-1",
    });
    expect(pipeline.actions.map(({ stage, name }) => `${stage}/${name}`)).toEqual([
      "Source/Source",
      "local/Plan",
      "local/Approve",
    ]);
    expect(pipeline.actions[1]).toMatchObject({
      namespace: "plan_local",
      inputs: ["source"],
      outputs: [],
      project: {
        name: "local-delivery-plan",
        role: "PlanRole",
        buildSpec: "version: 0.2",
        environment: { PLAIN: "text" },
        logGroup: "/aws/codebuild/plan",
        privileged: false,
      },
    });
  });

  it("refuses a project that is not of the stack", () => {
    write({ ...RESOURCE, aws_codebuild_project: {} });
    expect(() => readPipeline(folder, "local")).toThrow(
      "'ProjectName' must be a project of the same stack, got: ${aws_codebuild_project.Plan.name}",
    );
  });

  it("says what a zone without a pipeline needs", () => {
    write({});
    expect(() => readPipeline(folder, "local")).toThrow(
      "The zone local has no pipeline: give it a section 'delivery' in libs/zones/local/zone.ts",
    );
  });
});
