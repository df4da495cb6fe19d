import { describeRule } from "../testing/cases";
import { acmRules } from "./acm";

const [longKeys] = acmRules;
if (!longKeys) throw new Error("no rule for ACM.2");
const certificate = (config: object) => ({ aws_acm_certificate: { web: config } });
const requested = (config: object = {}) => certificate({ domain_name: "example.com", ...config });

describeRule(longKeys, {
  compliant: [
    { of: "the default", resource: requested() },
    { of: "a longer key", resource: requested({ key_algorithm: "RSA_4096" }) },
  ],
  nonCompliant: [
    { of: "a short key", resource: requested({ key_algorithm: "RSA_1024" }), path: "key_algorithm" },
  ],
  unknown: [
    { of: "an algorithm by a variable", resource: requested({ key_algorithm: "${var.algorithm}" }) },
    {
      of: "a certificate from elsewhere",
      resource: certificate({ certificate_body: "-----", private_key: "-" }),
    },
  ],
  notApplicable: [{ of: "an elliptic curve", resource: requested({ key_algorithm: "EC_prime256v1" }) }],
});
