import { Inspector2Enabler } from "@cdktf/provider-aws/lib/inspector2-enabler";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** What Inspector looks into: instances, images, functions' packages and functions' own code. */
export const SCANNED = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"];

/**
 * Inspector in an account and region: known vulnerabilities in all that it can scan.
 *
 * @see Inspector.1, Inspector.2, Inspector.3, Inspector.4
 * @see https://docs.aws.amazon.com/inspector/latest/user/scanning-resources.html
 */
export class Inspector extends Construct {
  /** What others wait for. */
  readonly resource: Inspector2Enabler;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new Inspector2Enabler(this, "Resource", {
      accountIds: [ZoneStack.of(this).account.id],
      resourceTypes: SCANNED,
    });
  }
}
