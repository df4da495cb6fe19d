import { type DeliveryTarget } from "@landfall/core";
import { type IKey } from "@landfall/keys";
import { Construct } from "constructs";
import { type IArtifactBucket } from "./artifact-bucket";
import { BuildProject, type BuildNetwork, type IBuildProject } from "./build-project";
import { buildSpec } from "./build-spec";
import { DriftSchedule } from "./drift-schedule";
import { ARTIFACTS, type DeliveryStage, DIGEST, SUMMARY } from "./pipeline-stages";
import { type SourceRepository } from "./source-repository";
import {
  artifactStatements,
  deployingStatements,
  planningStatements,
  takeStatement,
} from "./stage-statements";

/** What all builds of a pipeline have in common. */
export interface BuildsProps {
  readonly artifacts: IArtifactBucket;
  /** Encrypts the log groups. */
  readonly logsKey: IKey;
  /** @default outside of any VPC */
  readonly network?: BuildNetwork;
}

export interface ZoneDeliveryProps extends BuildsProps {
  readonly target: DeliveryTarget;
  readonly source: SourceRepository;
  /** Whether there is signed code to plan and to deploy. @default false */
  readonly signed?: boolean;
  /** Minutes for which alarms are watched after a deploy, 1 to 240. */
  readonly watchMinutes: number;
  /** When drift is looked for, in UTC. */
  readonly driftSchedule: string;
}

/** Minutes that a build needs besides what it waits for. */
const OVERHEAD_MINUTES = 20;

/**
 * What is done with one zone: builds that plan, deploy, watch and look for drift. Each has a role of its own: only that of
 * the deploy takes the role that changes the zone, and it starts from a plan that it did not make.
 */
export class ZoneDelivery extends Construct implements DeliveryStage {
  readonly zone: string;
  readonly plan: IBuildProject;
  readonly deploy: IBuildProject;
  readonly watch: IBuildProject;
  readonly drift: IBuildProject;

  constructor(scope: Construct, id: string, props: ZoneDeliveryProps) {
    super(scope, id);
    const { artifacts, target, logsKey, network } = props;
    const { zone } = target;
    this.zone = zone;
    const common = {
      target: zone,
      artifactsKey: artifacts.encryptionKey,
      logsKey,
      ...(network ? { network } : {}),
    };
    const verified = [ARTIFACTS.source, ARTIFACTS.verified, ...(props.signed ? [ARTIFACTS.signed] : [])];
    const plan = ARTIFACTS.plan(zone);
    this.plan = new BuildProject(this, "Plan", {
      ...common,
      role: "plan",
      description: `Plans the zone ${zone}`,
      buildSpec: buildSpec(`plan --zone ${zone}`, {
        folder: `dist/plans/${zone}`,
        variables: {
          [SUMMARY]: `dist/plans/${zone}/summary.txt`,
          [DIGEST]: `dist/delivery/plan-${zone}.sha256`,
        },
      }),
      statements: [...planningStatements([target]), ...artifactStatements(artifacts, verified, [plan])],
    });
    this.deploy = new BuildProject(this, "Deploy", {
      ...common,
      role: "deploy",
      description: `Applies the plans of the zone ${zone} that were approved`,
      buildSpec: buildSpec(`deploy --zone ${zone}`),
      timeoutMinutes: 120,
      statements: [...deployingStatements(target), ...artifactStatements(artifacts, [...verified, plan])],
    });
    this.watch = new BuildProject(this, "Watch", {
      ...common,
      role: "watch",
      description: `Watches the alarms of the zone ${zone} after a deploy`,
      buildSpec: buildSpec(`watch --zone ${zone} --minutes ${props.watchMinutes}`),
      timeoutMinutes: props.watchMinutes + OVERHEAD_MINUTES,
      computeType: "BUILD_GENERAL1_SMALL",
      statements: [takeStatement([target], "plan"), ...artifactStatements(artifacts, [ARTIFACTS.source])],
    });
    this.drift = new BuildProject(this, "Drift", {
      ...common,
      role: "drift",
      description: `Looks for drift in the zone ${zone}`,
      buildSpec: buildSpec(`drift --zone ${zone}`),
      source: props.source,
      statements: planningStatements([target]),
    });
    new DriftSchedule(this, "DriftSchedule", { zone, project: this.drift, schedule: props.driftSchedule });
  }
}
