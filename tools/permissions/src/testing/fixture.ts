import { type JsonRecord } from "@landfall/terraform-graph";
import { type ZoneFiles } from "../terraform/zone-files";

export const MANAGEMENT = "111111111111";
export const WORKLOAD = "222222222222";
const HOME = "eu-west-1";

type Statement = JsonRecord;

const document = (...statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const trust = (principal: JsonRecord): string =>
  document({ Sid: "Trust", Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" });

const allowAll = document({ Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" });

/** The denials of the fixture's deployer boundary, by Sid: a test leaves one out to see the attack come through. */
const DEPLOYER_DENIALS: readonly Statement[] = [
  {
    Sid: "RolesOnlyWithTheWorkloadBoundary",
    Effect: "Deny",
    Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
    Resource: "*",
    Condition: {
      StringNotEquals: {
        "iam:PermissionsBoundary": `arn:aws:iam::${WORKLOAD}:policy/sample-workload-boundary`,
      },
    },
  },
  { Sid: "BoundariesStay", Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
  {
    Sid: "PlatformRolesStay",
    Effect: "Deny",
    Action: ["iam:*Role", "iam:*RolePolicy", "iam:UpdateAssumeRolePolicy", "sts:AssumeRole"],
    Resource: `arn:aws:iam::${WORKLOAD}:role/sample-deploy`,
  },
];

export interface FixtureOptions {
  /** Leaves a denial out of the deployer boundary, by Sid. */
  readonly without?: string;
  /** More statements of the function's own policy. */
  readonly functionMay?: readonly Statement[];
  /** More resources of the app's stack, by type and name. */
  readonly resources?: Readonly<Record<string, JsonRecord>>;
}

/**
 * A zone of two accounts as the synthesizer writes it: a deploy role that may do everything within its boundary, a
 * service control policy over its account, and an app with one function.
 */
export function sampleZone({ without, functionMay = [], resources = {} }: FixtureOptions = {}): ZoneFiles {
  const provider = (account: string) => ({
    aws: [{ region: HOME, allowed_account_ids: [account], default_tags: [{ tags: { zone: "sample" } }] }],
  });
  const bootstrap = {
    provider: provider(WORKLOAD),
    resource: {
      aws_iam_policy: {
        WorkloadBoundary: {
          name: "sample-workload-boundary",
          policy: document({
            Sid: "Data",
            Effect: "Allow",
            Action: ["kms:Decrypt", "sqs:*", "lambda:InvokeFunction"],
            Resource: "*",
            Condition: { StringEquals: { "aws:ResourceAccount": WORKLOAD } },
          }),
        },
        DeployerBoundary: {
          name: "sample-deployer-boundary",
          policy: document(
            { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" },
            ...DEPLOYER_DENIALS.filter(({ Sid }) => Sid !== without),
          ),
        },
      },
      aws_iam_role: {
        Deploy: {
          name: "sample-deploy",
          assume_role_policy: trust({ AWS: `arn:aws:iam::${WORKLOAD}:root` }),
          permissions_boundary: "${aws_iam_policy.DeployerBoundary.arn}",
        },
      },
      aws_iam_role_policy_attachment: {
        Deploy: {
          role: "${aws_iam_role.Deploy.name}",
          policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
        },
      },
      aws_ssm_parameter: {
        Boundary: {
          name: "/landfall/sample/bootstrap/workloadBoundaryArn",
          value: "${aws_iam_policy.WorkloadBoundary.arn}",
        },
      },
    },
  };
  const organization = {
    provider: provider(MANAGEMENT),
    resource: {
      aws_organizations_organization: { Organization: { feature_set: "ALL" } },
      aws_organizations_organizational_unit: {
        Workloads: {
          name: "workloads",
          parent_id: "${aws_organizations_organization.Organization.roots[0].id}",
        },
      },
      aws_organizations_account: {
        Workload: {
          name: "workload",
          email: "workload@example.com",
          parent_id: "${aws_organizations_organizational_unit.Workloads.id}",
        },
      },
      aws_organizations_policy: {
        Guard: {
          name: "guard",
          content: document({
            Sid: "Stay",
            Effect: "Deny",
            Action: "organizations:LeaveOrganization",
            Resource: "*",
          }),
        },
      },
      aws_organizations_policy_attachment: {
        Guard: {
          policy_id: "${aws_organizations_policy.Guard.id}",
          target_id: "${aws_organizations_organizational_unit.Workloads.id}",
        },
      },
      aws_iam_role: {
        Deploy: { name: "sample-deploy", assume_role_policy: trust({ AWS: MANAGEMENT }) },
      },
      aws_iam_role_policy: {
        Deploy: { name: "all", role: "${aws_iam_role.Deploy.id}", policy: allowAll },
      },
    },
  };
  const queues = ["Orders", "Audit"].map((name) => [
    name,
    { name: `sample-${name.toLowerCase()}`, kms_master_key_id: "${aws_kms_key.Messages.arn}" },
  ]);
  const app = {
    provider: provider(WORKLOAD),
    data: {
      aws_ssm_parameter: { Boundary: { name: "/landfall/sample/bootstrap/workloadBoundaryArn" } },
    },
    resource: {
      aws_kms_key: {
        Messages: {
          policy: document({
            Sid: "ThroughQueues",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${WORKLOAD}:root` },
            Action: "kms:*",
            Resource: "*",
            Condition: { StringEquals: { "kms:ViaService": `sqs.${HOME}.amazonaws.com` } },
          }),
        },
      },
      aws_sqs_queue: Object.fromEntries(queues),
      aws_iam_role: {
        Function: {
          name: "sample-orders",
          assume_role_policy: trust({ Service: "lambda.amazonaws.com" }),
          permissions_boundary: "${data.aws_ssm_parameter.Boundary.insecure_value}",
        },
      },
      aws_iam_role_policy: {
        Function: {
          name: "function",
          role: "${aws_iam_role.Function.id}",
          policy: document(
            {
              Sid: "Consume",
              Effect: "Allow",
              Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
              Resource: "${aws_sqs_queue.Orders.arn}",
            },
            {
              Sid: "UseKey",
              Effect: "Allow",
              Action: "kms:Decrypt",
              Resource: "${aws_kms_key.Messages.arn}",
            },
            ...functionMay,
          ),
        },
      },
      aws_lambda_function: {
        Function: { function_name: "sample-orders", role: "${aws_iam_role.Function.arn}" },
      },
      aws_lambda_event_source_mapping: {
        Function: {
          event_source_arn: "${aws_sqs_queue.Orders.arn}",
          function_name: "${aws_lambda_function.Function.function_name}",
        },
      },
      ...resources,
    },
  };
  return {
    name: "sample",
    regions: [HOME],
    accounts: [
      { name: "management", id: MANAGEMENT, management: true },
      { name: "workload", id: WORKLOAD, management: false, email: "workload@example.com" },
    ],
    governance: true,
    instances: [
      {
        name: "sample-bootstrap-workload",
        stack: "bootstrap",
        account: WORKLOAD,
        region: HOME,
        json: bootstrap,
      },
      {
        name: "sample-organization",
        stack: "organization",
        account: MANAGEMENT,
        region: HOME,
        json: organization,
      },
      { name: "sample-orders-workload", stack: "orders", account: WORKLOAD, region: HOME, json: app },
    ],
  };
}
