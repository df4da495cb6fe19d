import { synthStack } from "@landfall/testing";
import { CodeSigning, SigningProfile, type SigningProfileProps } from "./code-signing";

const synth = (props: SigningProfileProps = {}, untrusted?: "Warn") =>
  synthStack((stack) => {
    const { profileVersionArn } = new SigningProfile(stack, "Profile", props);
    new CodeSigning(stack, "CodeSigning", { profileVersionArn, ...(untrusted ? { untrusted } : {}) });
  });

describe("code signing", () => {
  it("signs for Lambda, and lets functions refuse what the profile did not sign", () => {
    const stack = synth();
    expect(stack.resource("aws_signer_signing_profile")).toMatchObject({
      name: "test_sample",
      platform_id: "AWSLambda-SHA384-ECDSA",
      signature_validity_period: { type: "MONTHS", value: 135 },
    });
    expect(stack.resource("aws_lambda_code_signing_config")).toMatchObject({
      allowed_publishers: {
        signing_profile_version_arns: [
          expect.stringMatching(/^\$\{aws_signer_signing_profile\..*version_arn\}$/),
        ],
      },
      policies: { untrusted_artifact_on_deployment: "Enforce" },
    });
  });

  it("only warns where it is asked to", () => {
    expect(synth({}, "Warn").resource("aws_lambda_code_signing_config")).toMatchObject({
      policies: { untrusted_artifact_on_deployment: "Warn" },
    });
  });

  it("refuses a signature that is valid for longer than AWS Signer knows", () => {
    expect(() => synth({ validityMonths: 136 })).toThrow(
      /'validityMonths' must be a whole number from 1 to 135, got: 136/,
    );
  });
});
