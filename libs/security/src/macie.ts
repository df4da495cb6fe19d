import { Macie2Account } from "@cdktf/provider-aws/lib/macie2-account";
import { Construct } from "constructs";

/**
 * Macie in an account and region: it keeps an inventory of the buckets and says which are public, unencrypted or shared.
 * Findings are published after 15 minutes, the shortest time.
 *
 * @see Macie.1
 * @see https://docs.aws.amazon.com/macie/latest/user/what-is-macie.html
 */
export class Macie extends Construct {
  /** What others wait for. */
  readonly resource: Macie2Account;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new Macie2Account(this, "Resource", {
      status: "ENABLED",
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
  }
}
