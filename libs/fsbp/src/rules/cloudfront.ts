import { Unknown } from "@landfall/terraform-graph";
import { CLOUDFRONT_TLS_POLICIES } from "../dated-list";
import { expectValue, isSet, mustBeOneOf, mustBeSet } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { eachBehavior } from "./cloudfront-behaviors";
import { originRules } from "./cloudfront-origins";
import { anyBlock } from "./companions";

const distribution = (control: string, judge: (distribution: Subject) => Verdict): ResourceRule => ({
  control,
  types: ["aws_cloudfront_distribution"],
  judge,
});

/** CloudFront.4: there is an origin to turn to when another fails. */
const failsOver = (subject: Subject): Verdict =>
  anyBlock(
    subject,
    "origin_group",
    (group) => {
      const members = group.blocks("member");
      if (members instanceof Unknown) return unknown(group.at("member"), members.reason);
      return members.length > 1
        ? COMPLIANT
        : nonCompliant(group.at("member"), `members: ${members.length}`, "two");
    },
    nonCompliant("origin_group", "nothing", "an origin group with two members"),
  );

const hasCertificate = (subject: Subject, wanted: string): Verdict =>
  any(
    mustBeSet(subject, "viewer_certificate.acm_certificate_arn", wanted),
    mustBeSet(subject, "viewer_certificate.iam_certificate_id", wanted),
  );

/** CloudFront.8: a certificate of one's own is served by name, not by an IP address of its own. */
function servesByName(subject: Subject): Verdict {
  const own = hasCertificate(subject, "a certificate");
  if (own.status === "non-compliant") return NOT_APPLICABLE;
  const byName = mustBeOneOf(subject, "viewer_certificate.ssl_support_method", ["sni-only"]);
  return byName.status === "non-compliant" && own.status === "unknown" ? own : byName;
}

/** CloudFront.15: viewers need a recent TLS. With CloudFront's own certificate TLS 1.0 is allowed, whatever is asked for. */
const recentTls = (subject: Subject): Verdict =>
  all(
    hasCertificate(subject, "a certificate: CloudFront's own allows TLSv1"),
    mustBeOneOf(
      subject,
      "viewer_certificate.minimum_protocol_version",
      CLOUDFRONT_TLS_POLICIES.values,
      "TLSv1",
    ),
  );

/**
 * CloudFront.17: viewers sign with trusted key groups. The control refuses a behaviour without any signature as well.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/cloudfront-distribution-key-group-enabled.html
 */
const trustsKeyGroups = (subject: Subject): Verdict =>
  eachBehavior(subject, (behavior) =>
    all(
      expectValue(behavior, "trusted_signers", {
        accepts: (signers) => !isSet(signers),
        wanted: "no signers: trusted_key_groups instead",
      }),
      mustBeSet(behavior, "trusted_key_groups", "a key group"),
    ),
  );

const distributionRules: readonly ResourceRule[] = [
  /** CloudFront.3: viewers come by HTTPS. */
  distribution("CloudFront.3", (subject) =>
    eachBehavior(subject, (behavior) =>
      mustBeOneOf(behavior, "viewer_protocol_policy", ["redirect-to-https", "https-only"]),
    ),
  ),
  distribution("CloudFront.4", failsOver),
  /** CloudFront.5: requests are logged to a bucket. The control counts no other way of logging. */
  distribution("CloudFront.5", (subject) => mustBeSet(subject, "logging_config.bucket", "a bucket for logs")),
  /** CloudFront.6: a web ACL stands before it. */
  distribution("CloudFront.6", (subject) => mustBeSet(subject, "web_acl_id", "a web ACL")),
  /** CloudFront.7: it has a certificate of its own. */
  distribution("CloudFront.7", (subject) => hasCertificate(subject, "a certificate")),
  distribution("CloudFront.8", servesByName),
  distribution("CloudFront.15", recentTls),
  distribution("CloudFront.17", trustsKeyGroups),
];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html */
export const cloudfrontRules: readonly ResourceRule[] = [...distributionRules, ...originRules];
