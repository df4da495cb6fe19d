import { LambdaCodeSigningConfig } from "@cdktf/provider-aws/lib/lambda-code-signing-config";
import { SignerSigningProfile } from "@cdktf/provider-aws/lib/signer-signing-profile";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface SigningProfileProps {
  /** Months until a signature expires, 1 to 135: code with an expired one can't be deployed again. @default 135 */
  readonly validityMonths?: number;
}

/** The longest that AWS Signer knows. */
const LONGEST_MONTHS = 135;

/** The name of a zone's profile, e.g. `standard_delivery`: AWS knows no hyphens in it. */
export const signingProfileName = ({ zone, definition }: ZoneStack): string =>
  `${zone.name}_${definition.name}`;

/**
 * Signs the code of functions.
 *
 * @see https://docs.aws.amazon.com/signer/latest/developerguide/gs-platform.html
 */
export class SigningProfile extends Construct {
  readonly profileName: string;
  readonly profileArn: string;
  /** The ARN with its version, which a signing configuration trusts. */
  readonly profileVersionArn: string;

  constructor(scope: Construct, id: string, { validityMonths = LONGEST_MONTHS }: SigningProfileProps = {}) {
    super(scope, id);
    validateProps(this, [wholeNumber("validityMonths", validityMonths, 1, LONGEST_MONTHS)]);
    const stack = ZoneStack.of(this);
    const name = signingProfileName(stack);
    const profile = new SignerSigningProfile(this, "Resource", {
      name,
      platformId: "AWSLambda-SHA384-ECDSA",
      signatureValidityPeriod: { type: "MONTHS", value: validityMonths },
    });
    this.profileName = name;
    this.profileArn = stack.arn("signer", `/signing-profiles/${name}`);
    this.profileVersionArn = profile.versionArn;
  }
}

export interface CodeSigningProps {
  /** The ARN of the profile that signs, with its version. */
  readonly profileVersionArn: string;
  /** What Lambda does with code that this profile did not sign, or whose signature is revoked or expired. @default "Enforce" */
  readonly untrusted?: "Enforce" | "Warn";
}

/**
 * What functions are given so that they take signed code alone.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
 */
export class CodeSigning extends Construct {
  readonly configArn: string;

  constructor(scope: Construct, id: string, props: CodeSigningProps) {
    super(scope, id);
    this.configArn = new LambdaCodeSigningConfig(this, "Resource", {
      description: `Only code that the pipeline of the zone ${ZoneStack.of(this).zone.name} signed`,
      allowedPublishers: { signingProfileVersionArns: [props.profileVersionArn] },
      policies: { untrustedArtifactOnDeployment: props.untrusted ?? "Enforce" },
    }).arn;
  }
}
