import { IamAccountPasswordPolicy } from "@cdktf/provider-aws/lib/iam-account-password-policy";
import { validateProps, wholeNumber } from "@landfall/stack";
import { Construct } from "constructs";

export interface PasswordPolicyProps {
  /** Characters, 14 to 128. @default 14 */
  readonly minimumLength?: number;
  /** Days until a password must be changed, 1 to 90. @default 90 */
  readonly maxAgeDays?: number;
}

/**
 * What passwords of IAM users must be like. The zone makes no users; whoever made one before, or makes one as an administrator,
 * is held to it.
 *
 * @see IAM.7 (8 characters would do), IAM.10 to IAM.17 of other standards
 */
export class PasswordPolicy extends Construct {
  constructor(scope: Construct, id: string, props: PasswordPolicyProps = {}) {
    super(scope, id);
    const { minimumLength = 14, maxAgeDays = 90 } = props;
    validateProps(this, [
      wholeNumber("minimumLength", minimumLength, 14, 128),
      wholeNumber("maxAgeDays", maxAgeDays, 1, 90),
    ]);
    new IamAccountPasswordPolicy(this, "Resource", {
      minimumPasswordLength: minimumLength,
      maxPasswordAge: maxAgeDays,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: true,
      // Who lets a password expire can still set a new one: an administrator is not always at hand.
      hardExpiry: false,
    });
  }
}
