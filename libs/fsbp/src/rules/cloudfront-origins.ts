import { isList, Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { eachBlock, mustBeOneOf, mustBeSet, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { eachBehavior } from "./cloudfront-behaviors";

/** An origin, with its domain as it is written. */
interface Origin {
  readonly view: View;
  readonly written: string;
}

/** Judges each origin that `applies`. */
function eachOrigin(
  distribution: Subject,
  applies: (origin: Origin) => boolean | Unknown,
  judge: (origin: Origin) => Verdict,
): Verdict {
  const origins = distribution.blocks("origin");
  if (origins instanceof Unknown) return unknown("origin", origins.reason);
  const raw = [distribution.resource.config.origin].flat();
  return all(
    ...origins.map((view, index) => {
      const block: unknown = raw[index];
      const domain: unknown =
        typeof block === "object" && block !== null ? Reflect.get(block, "domain_name") : "";
      const origin = { view, written: typeof domain === "string" ? domain : "" };
      const does = applies(origin);
      if (does instanceof Unknown) return unknown(view.path, does.reason);
      return does ? judge(origin) : NOT_APPLICABLE;
    }),
  );
}

/** What has a block for another kind of origin is none of S3. A website of a bucket is one of those. */
function isS3({ view }: Origin): boolean | Unknown {
  const others = ["custom_origin_config", "vpc_origin_config"].map((name) => view.blocks(name));
  const hidden = others.find((blocks) => blocks instanceof Unknown);
  return hidden instanceof Unknown
    ? hidden
    : others.every((blocks) => !(blocks instanceof Unknown) && blocks.length === 0);
}

/** What a domain is made of. */
const partsOf = (domain: Value): readonly Value[] => (domain instanceof Template ? domain.parts : [domain]);

const refersTo = (domain: Value, type: RegExp): Reference | undefined =>
  partsOf(domain).find(
    (part): part is Reference => part instanceof Reference && type.test(part.resource.type),
  );

/** Whether an origin is a function's URL. The usual way to cut the host out of it leaves a value that is not known. */
function isFunctionUrl({ view, written }: Origin): boolean | Unknown {
  const domain = view.value("domain_name");
  if (refersTo(domain, /^(?:data\.)?aws_lambda_function_url$/)) return true;
  if (partsOf(domain).some((part) => typeof part === "string" && /\.lambda-url\..*on\.aws$/.test(part)))
    return true;
  if (written.includes("aws_lambda_function_url.")) return true;
  return partsOf(domain).find((part) => part instanceof Unknown) ?? false;
}

const BUCKET_HOST = /^(.+)\.s3[.-](?:[\w-]+\.)*amazonaws\.com(?:\.cn)?$/;
const WRITTEN_BUCKET = /(?<!data\.)\baws_s3_bucket\.([\w-]+)/;

/** CloudFront.12: an origin's bucket exists. One outside of this configuration can't be told. */
function bucketExists({ view, written }: Origin, distribution: Subject, subjects: Subjects): Verdict {
  const path = view.at("domain_name");
  const domain = view.value("domain_name");
  const buckets = subjects.ofType("aws_s3_bucket");
  const [, name] = (typeof domain === "string" ? BUCKET_HOST.exec(domain) : null) ?? [];
  const bucket =
    refersTo(domain, /^aws_s3_bucket$/)?.resource ??
    (name === undefined ? undefined : buckets.find((each) => each.value("bucket") === name)?.resource);
  if (bucket) {
    return bucket.uncertain ? unknown(path, `whether ${bucket.address} is there is not known`) : COMPLIANT;
  }
  const [, referred] = WRITTEN_BUCKET.exec(written) ?? [];
  const exists = buckets.some(
    ({ resource }) =>
      resource.stack === distribution.resource.stack && resource.name.split("[")[0] === referred,
  );
  return referred !== undefined && !exists
    ? nonCompliant(path, `aws_s3_bucket.${referred}, which there is not`, "a bucket of this configuration")
    : unknown(
        path,
        domain instanceof Unknown
          ? domain.reason
          : `the bucket of ${render(domain)} is not in this configuration`,
      );
}

/** CloudFront.9: an origin is spoken to by HTTPS, also where it follows viewers. */
const originByHttps = (distribution: Subject): Verdict =>
  eachBlock(
    distribution,
    "origin",
    (origin) =>
      eachBlock(
        origin,
        "custom_origin_config",
        (config) =>
          any(
            mustBeOneOf(config, "origin_protocol_policy", ["https-only"]),
            all(
              mustBeOneOf(config, "origin_protocol_policy", ["match-viewer"]),
              eachBehavior(distribution, (behavior) =>
                mustBeOneOf(behavior, "viewer_protocol_policy", ["redirect-to-https", "https-only"]),
              ),
            ),
          ),
        NOT_APPLICABLE,
      ),
    NOT_APPLICABLE,
  );

/** CloudFront.10: no origin is spoken to by SSL 3. */
const noOldTls = (distribution: Subject): Verdict =>
  eachBlock(
    distribution,
    "origin",
    (origin) =>
      eachBlock(
        origin,
        "custom_origin_config",
        (config) => {
          const path = config.at("origin_ssl_protocols");
          const protocols = config.value("origin_ssl_protocols");
          const given = protocols === null ? [] : isList(protocols) ? protocols : [protocols];
          if (given.includes("SSLv3")) return nonCompliant(path, render(protocols), "no SSLv3");
          return given.every((each) => typeof each === "string")
            ? COMPLIANT
            : unknown(path, "a protocol is not known before the apply");
        },
        NOT_APPLICABLE,
      ),
    NOT_APPLICABLE,
  );

const rule = (
  control: string,
  judge: (distribution: Subject, subjects: Subjects) => Verdict,
): ResourceRule => ({ control, types: ["aws_cloudfront_distribution"], judge });

const mustHaveControl = ({ view }: Origin): Verdict =>
  mustBeSet(view, "origin_access_control_id", "an origin access control");

/** The rules for origins of distributions. */
export const originRules: readonly ResourceRule[] = [
  /** CloudFront.1: the root of a bucket's distribution is an object. */
  rule("CloudFront.1", (distribution) =>
    eachOrigin(distribution, isS3, () => mustBeSet(distribution, "default_root_object", "an object")),
  ),
  rule("CloudFront.9", originByHttps),
  rule("CloudFront.10", noOldTls),
  rule("CloudFront.12", (distribution, subjects) =>
    eachOrigin(distribution, isS3, (origin) => bucketExists(origin, distribution, subjects)),
  ),
  /** CloudFront.13: a bucket takes requests of the distribution only. */
  rule("CloudFront.13", (distribution) => eachOrigin(distribution, isS3, mustHaveControl)),
  /** CloudFront.16: so does a function's URL. What has the control passes, whatever it is. */
  rule("CloudFront.16", (distribution) =>
    eachOrigin(
      distribution,
      (origin) => {
        const url = isS3(origin) === true ? false : isFunctionUrl(origin);
        return url instanceof Unknown && mustHaveControl(origin).status === "compliant" ? true : url;
      },
      mustHaveControl,
    ),
  ),
];
