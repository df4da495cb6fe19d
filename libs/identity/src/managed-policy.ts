import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./policy-document";

/**
 * The most characters that a managed policy may have, white space not counted.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MANAGED_POLICY_LIMIT = 6144;

export interface ManagedPolicyProps {
  /** The exact name. */
  readonly name: string;
  readonly description: string;
  readonly statements: readonly Statement[];
}

/** A managed policy that fits. */
export class ManagedPolicy extends Construct {
  readonly policyArn: string;

  /** @throws Error when the policy is longer than AWS takes */
  constructor(scope: Construct, id: string, { name, description, statements }: ManagedPolicyProps) {
    super(scope, id);
    const document = policyDocument(statements);
    if (document.length > MANAGED_POLICY_LIMIT) {
      throw new Error(
        `the policy '${name}' must have at most ${MANAGED_POLICY_LIMIT} characters, got: ${document.length}`,
      );
    }
    const policy = new IamPolicy(this, "Resource", { name, description, policy: document });
    this.policyArn = policy.arn;
  }
}
