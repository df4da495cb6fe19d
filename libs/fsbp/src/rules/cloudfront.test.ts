import { describeRule } from "../testing/cases";
import { cloudfrontRules } from "./cloudfront";

type More = Record<string, Record<string, object>>;

const rule = (id: string) => {
  const found = cloudfrontRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const cdn = (config: object, more: More = {}) => ({
  aws_cloudfront_distribution: { cdn: { enabled: true, ...config } },
  ...more,
});
const behaviors = (first: object, ...others: object[]) =>
  cdn({ default_cache_behavior: first, ordered_cache_behavior: others });
const certificate = (viewer_certificate: object) => cdn({ viewer_certificate });
const OWN = { acm_certificate_arn: "arn:aws:acm:us-east-1:123456789012:certificate/c" };

const HTTPS = { viewer_protocol_policy: "https-only" };
const BOTH = { viewer_protocol_policy: "allow-all" };

describeRule(rule("CloudFront.3"), {
  compliant: [{ of: "HTTPS", resource: behaviors(HTTPS, { viewer_protocol_policy: "redirect-to-https" }) }],
  nonCompliant: [
    { of: "HTTP", resource: behaviors(BOTH), path: "default_cache_behavior.viewer_protocol_policy" },
    {
      of: "HTTP for some paths",
      resource: behaviors(HTTPS, HTTPS, BOTH),
      path: "ordered_cache_behavior[1].viewer_protocol_policy",
    },
  ],
  unknown: [{ of: "a policy by a variable", resource: behaviors({ viewer_protocol_policy: "${var.p}" }) }],
});

const group = (...members: string[]) => ({
  origin_group: { origin_id: "group", member: members.map((origin_id) => ({ origin_id })) },
});

describeRule(rule("CloudFront.4"), {
  compliant: [{ of: "a group of two", resource: cdn(group("a", "b")) }],
  nonCompliant: [
    { of: "no group", resource: cdn({}), path: "origin_group" },
    { of: "a group of one", resource: cdn(group("a")), path: "origin_group.member" },
  ],
  unknown: [
    { of: "groups by a variable", resource: cdn({ origin_group: "${var.groups}" }) },
    { of: "members by a variable", resource: cdn({ origin_group: { member: "${var.members}" } }) },
  ],
});

describeRule(rule("CloudFront.5"), {
  compliant: [{ of: "logs", resource: cdn({ logging_config: { bucket: "logs.s3.amazonaws.com" } }) }],
  nonCompliant: [
    { of: "no logs", resource: cdn({}), path: "logging_config.bucket" },
    {
      of: "logs without a bucket",
      resource: cdn({ logging_config: { include_cookies: true } }),
      path: "logging_config.bucket",
    },
  ],
  unknown: [{ of: "a bucket by a variable", resource: cdn({ logging_config: { bucket: "${var.b}" } }) }],
});

describeRule(rule("CloudFront.6"), {
  compliant: [
    {
      of: "a web ACL",
      resource: cdn({ web_acl_id: "${aws_wafv2_web_acl.a.arn}" }, { aws_wafv2_web_acl: { a: {} } }),
    },
  ],
  nonCompliant: [{ of: "no web ACL", resource: cdn({}), path: "web_acl_id" }],
  unknown: [{ of: "a web ACL by a variable", resource: cdn({ web_acl_id: "${var.acl}" }) }],
});

const CLOUDFRONTS = { cloudfront_default_certificate: true };

describeRule(rule("CloudFront.7"), {
  compliant: [
    { of: "a certificate of ACM", resource: certificate(OWN) },
    { of: "a certificate of IAM", resource: certificate({ iam_certificate_id: "ASCA" }) },
  ],
  nonCompliant: [
    {
      of: "CloudFront's certificate",
      resource: certificate(CLOUDFRONTS),
      path: "viewer_certificate.acm_certificate_arn",
    },
  ],
  unknown: [
    { of: "a certificate by a variable", resource: certificate({ acm_certificate_arn: "${var.c}" }) },
  ],
});

describeRule(rule("CloudFront.8"), {
  compliant: [
    { of: "service by name", resource: certificate({ ...OWN, ssl_support_method: "sni-only" }) },
    {
      of: "service by name with whatever certificate",
      resource: certificate({ acm_certificate_arn: "${var.c}", ssl_support_method: "sni-only" }),
    },
  ],
  nonCompliant: [
    {
      of: "an address of one's own",
      resource: certificate({ ...OWN, ssl_support_method: "vip" }),
      path: "viewer_certificate.ssl_support_method",
    },
  ],
  unknown: [
    { of: "a method by a variable", resource: certificate({ ...OWN, ssl_support_method: "${var.m}" }) },
    {
      of: "a certificate by a variable",
      resource: certificate({ acm_certificate_arn: "${var.c}", ssl_support_method: "vip" }),
    },
  ],
  notApplicable: [{ of: "CloudFront's certificate", resource: certificate(CLOUDFRONTS) }],
});

const VERSION = "viewer_certificate.minimum_protocol_version";

describeRule(rule("CloudFront.15"), {
  compliant: [{ of: "TLS 1.2", resource: certificate({ ...OWN, minimum_protocol_version: "TLSv1.2_2021" }) }],
  nonCompliant: [
    { of: "the default", resource: certificate(OWN), path: VERSION },
    {
      of: "an older TLS 1.2",
      resource: certificate({ ...OWN, minimum_protocol_version: "TLSv1.2_2019" }),
      path: VERSION,
    },
    {
      of: "CloudFront's certificate, whatever is asked for",
      resource: certificate({ ...CLOUDFRONTS, minimum_protocol_version: "TLSv1.2_2021" }),
      path: "viewer_certificate.acm_certificate_arn",
    },
  ],
  unknown: [
    {
      of: "a version by a variable",
      resource: certificate({ ...OWN, minimum_protocol_version: "${var.version}" }),
    },
  ],
});

const GROUPS = { trusted_key_groups: ["${aws_cloudfront_key_group.g.id}"] };
const signed = (first: object, ...others: object[]) =>
  cdn(
    { default_cache_behavior: first, ordered_cache_behavior: others },
    { aws_cloudfront_key_group: { g: {} } },
  );

describeRule(rule("CloudFront.17"), {
  compliant: [{ of: "key groups", resource: signed(GROUPS, GROUPS) }],
  nonCompliant: [
    {
      of: "signers",
      resource: signed({ trusted_signers: ["self"] }),
      path: "default_cache_behavior.trusted_signers",
    },
    {
      of: "signers beside key groups",
      resource: signed({ ...GROUPS, trusted_signers: ["self"] }),
      path: "default_cache_behavior.trusted_signers",
    },
    {
      of: "some paths without signatures",
      resource: signed(GROUPS, {}),
      path: "ordered_cache_behavior.trusted_key_groups",
    },
  ],
  unknown: [
    { of: "key groups by a variable", resource: signed({ trusted_key_groups: "${var.groups}" }) },
    { of: "signers by a variable", resource: signed({ ...GROUPS, trusted_signers: "${var.signers}" }) },
  ],
});
