import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { FixedRole } from "./fixed-role";
import { ManagedPolicy } from "./managed-policy";
import { policyDocument, type Statement } from "./policy-document";
import { stateStatements } from "./state-access";
import { roleArn, type ZoneRole } from "./zone-roles";

const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

export interface GitHubFederationProps {
  /** `owner/name`. */
  readonly repository: string;
  /** The only branch whose workflows deploy. */
  readonly branch: string;
  /** The boundary of both roles: that of the deployers. */
  readonly boundaryArn: string;
  /** The key of the zone's states. */
  readonly stateKeyArn: string;
}

/**
 * Lets workflows of one GitHub repository into the zone without a secret: those of pull requests as `github-plan`, those of
 * one branch as `github-deploy`. Both only use the states and go on to the roles that plan and deploy.
 *
 * GitHub gives no token to pull requests of forks. Subjects are compared as a whole: no pattern admits another branch, a tag or an
 * environment.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export class GitHubFederation extends Construct {
  readonly planRoleArn: string;
  readonly deployRoleArn: string;

  constructor(scope: Construct, id: string, props: GitHubFederationProps) {
    super(scope, id);
    const provider = new IamOpenidConnectProvider(this, "Resource", {
      url: `https://${ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    const { repository, branch } = props;
    const role = (
      id: string,
      name: ZoneRole,
      subject: string,
      takes: readonly ZoneRole[],
      state: "read" | "write",
    ) => this.role(id, props, { name, subject, takes, state, providerArn: provider.arn });
    this.planRoleArn = role("Plan", "github-plan", `repo:${repository}:pull_request`, ["plan"], "read");
    this.deployRoleArn = role(
      "Deploy",
      "github-deploy",
      `repo:${repository}:ref:refs/heads/${branch}`,
      ["plan", "deploy"],
      "write",
    );
  }

  private role(
    id: string,
    props: GitHubFederationProps,
    of: {
      readonly name: ZoneRole;
      readonly subject: string;
      readonly takes: readonly ZoneRole[];
      readonly state: "read" | "write";
      readonly providerArn: string;
    },
  ): string {
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    const takes: Statement = {
      Sid: "TakeDeployers",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: zone.accounts.flatMap((account) => of.takes.map((role) => roleArn({ zone, account }, role))),
    };
    const { policyArn } = new ManagedPolicy(this, `${id}Policy`, {
      name: stack.resourceName("policy", of.name),
      description: `Uses the states of the zone ${zone.name}, and goes on to ${of.takes.join(" and ")}`,
      statements: [takes, ...stateStatements(zone, props.stateKeyArn, of.state)],
    });
    return new FixedRole(this, id, {
      role: of.name,
      description: `Workflows of ${of.subject}`,
      trust: policyDocument([
        {
          Sid: "WorkflowsOfTheRepository",
          Effect: "Allow",
          Principal: { Federated: of.providerArn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: of.subject } },
        },
      ]),
      boundaryArn: props.boundaryArn,
      policyArns: { Policy: policyArn },
    }).roleArn;
  }
}
