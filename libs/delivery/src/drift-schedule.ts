import { Construct } from "constructs";
import { type IBuildProject } from "./build-project";
import { BuildTrigger } from "./build-trigger";

export interface DriftScheduleProps {
  /** The zone that is looked at. */
  readonly zone: string;
  /** Compares the zone with its states, and fails where they differ. */
  readonly project: IBuildProject;
  /** In UTC, e.g. `cron(0 5 * * ? *)`. */
  readonly schedule: string;
}

/** Looks for drift in a zone by the clock. A build that finds some fails, and failures are told. */
export class DriftSchedule extends Construct {
  constructor(scope: Construct, id: string, { zone, project, schedule }: DriftScheduleProps) {
    super(scope, id);
    new BuildTrigger(this, "Resource", {
      name: `drift-${zone}`,
      description: `Looks for drift in the zone ${zone}`,
      on: { schedule },
      targetArn: project.projectArn,
      action: "codebuild:StartBuild",
    });
  }
}
