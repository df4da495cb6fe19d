import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { BuildTrigger } from "./build-trigger";
import { repositoryArn, type SourceRepository } from "./source-repository";

export interface SourceTriggerProps {
  /** A CodeCommit repository: a connection starts the pipeline itself. */
  readonly source: SourceRepository;
  readonly pipelineArn: string;
}

/**
 * Starts the pipeline when the branch of a CodeCommit repository moves. CodeCommit tells no paths: every commit starts it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/triggering.html
 */
export class SourceTrigger extends Construct {
  constructor(scope: Construct, id: string, { source, pipelineArn }: SourceTriggerProps) {
    super(scope, id);
    new BuildTrigger(this, "Resource", {
      name: "source",
      description: `Starts the pipeline when ${source.branch} of ${source.repository} moves`,
      on: {
        pattern: {
          source: ["aws.codecommit"],
          "detail-type": ["CodeCommit Repository State Change"],
          resources: [repositoryArn(ZoneStack.of(this), source)],
          detail: {
            event: ["referenceCreated", "referenceUpdated"],
            referenceType: ["branch"],
            referenceName: [source.branch],
          },
        },
      },
      targetArn: pipelineArn,
      action: "codepipeline:StartPipelineExecution",
    });
  }
}
