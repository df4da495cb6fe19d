import { isSet, mustBeOneOf } from "../expect";
import { type ResourceRule } from "../rule";
import { NOT_APPLICABLE, unknown } from "../verdict";

/** ACM.2: an RSA key has 2048 bits or more. Certificates with other keys are not concerned. */
const longKeys: ResourceRule = {
  control: "ACM.2",
  types: ["aws_acm_certificate"],
  judge: (certificate) => {
    if (isSet(certificate.value("certificate_body"))) {
      return unknown("certificate_body", "the key of an imported certificate is not read");
    }
    const algorithm = certificate.value("key_algorithm");
    return typeof algorithm === "string" && !algorithm.startsWith("RSA_")
      ? NOT_APPLICABLE
      : mustBeOneOf(certificate, "key_algorithm", ["RSA_2048", "RSA_3072", "RSA_4096"], "RSA_2048");
  },
};

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html */
export const acmRules: readonly ResourceRule[] = [longKeys];
