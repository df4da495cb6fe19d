import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  PIPELINE_PATH,
  pipelineRoleName,
  type PipelineRole as Kind,
  policyDocument,
  type Statement,
} from "@landfall/identity";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** Something that a service does with a role of the pipeline. */
export interface PipelineRoleProps {
  readonly role: Kind;
  /** The delivered zone that it works on. @default none: it works on no single one */
  readonly target?: string;
  /** e.g. `Plans the zone sandbox`. */
  readonly description: string;
  /** Who takes it, e.g. `codebuild.amazonaws.com`. */
  readonly service: string;
  /** The ARN of the only resource that the service may take it for, with no asterisk. */
  readonly sourceArns: readonly string[];
  readonly statements: readonly Statement[];
}

/** A role of the pipeline: for one service, on behalf of what it is for alone, bounded as the stack says. */
export class PipelineRole extends Construct {
  readonly roleArn: string;
  /** What must be there before the role is used. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: PipelineRoleProps) {
    super(scope, id);
    const { zone } = ZoneStack.of(this);
    const role = new IamRole(this, "Resource", {
      name: pipelineRoleName(zone.name, props.role, props.target),
      path: PIPELINE_PATH,
      description: props.description,
      assumeRolePolicy: policyDocument([
        {
          Sid: "Service",
          Effect: "Allow",
          Principal: { Service: props.service },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": ZoneStack.of(this).account.id },
            ArnEquals: { "aws:SourceArn": props.sourceArns },
          },
        },
      ]),
    });
    this.policy = new IamRolePolicy(this, "Policy", {
      name: "work",
      role: role.name,
      policy: policyDocument(props.statements),
    });
    this.roleArn = role.arn;
  }
}
