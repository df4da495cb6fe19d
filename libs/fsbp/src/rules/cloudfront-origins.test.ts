import { judge } from "../engine/judge";
import { describeRule } from "../testing/cases";
import { originRules } from "./cloudfront-origins";

type More = Record<string, Record<string, object>>;

const rule = (id: string) => {
  const found = originRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const HOST = "${aws_s3_bucket.site.bucket_regional_domain_name}";
const SITE: More = { aws_s3_bucket: { site: {} } };
const origins = (origin: unknown, config: object = {}, more: More = SITE) => ({
  aws_cloudfront_distribution: { cdn: { origin, ...config } },
  ...more,
});
const S3 = { origin_id: "s3", domain_name: HOST };
const custom = (config: object = {}, domain_name = "app.example.com") => ({
  origin_id: "app",
  domain_name,
  custom_origin_config: {
    origin_protocol_policy: "https-only",
    origin_ssl_protocols: ["TLSv1.2"],
    ...config,
  },
});

describeRule(rule("CloudFront.1"), {
  compliant: [{ of: "an object", resource: origins([custom(), S3], { default_root_object: "index.html" }) }],
  nonCompliant: [{ of: "no object", resource: origins([custom(), S3]), path: "default_root_object" }],
  unknown: [
    { of: "an object by a variable", resource: origins(S3, { default_root_object: "${var.o}" }) },
    { of: "origins by a variable", resource: origins("${var.origins}") },
    { of: "an origin's kind by a variable", resource: origins({ ...S3, custom_origin_config: "${var.c}" }) },
  ],
  notApplicable: [
    { of: "an origin of one's own", resource: origins(custom()) },
    { of: "an origin in a VPC", resource: origins({ ...S3, vpc_origin_config: { vpc_origin_id: "v" } }) },
  ],
});

const POLICY = "origin.custom_origin_config.origin_protocol_policy";
const followed = (viewer_protocol_policy: string) =>
  origins(custom({ origin_protocol_policy: "match-viewer" }), {
    default_cache_behavior: { viewer_protocol_policy },
  });

describeRule(rule("CloudFront.9"), {
  compliant: [
    { of: "HTTPS", resource: origins([S3, custom()]) },
    {
      of: "HTTPS, whatever viewers speak",
      resource: origins(custom(), { default_cache_behavior: { viewer_protocol_policy: "allow-all" } }),
    },
    { of: "the viewers' protocol, which is HTTPS only", resource: followed("https-only") },
    { of: "the viewers' protocol, which is HTTPS", resource: followed("redirect-to-https") },
  ],
  nonCompliant: [
    { of: "HTTP", resource: origins(custom({ origin_protocol_policy: "http-only" })), path: POLICY },
    { of: "the viewers' protocol, which may be HTTP", resource: followed("allow-all"), path: POLICY },
  ],
  unknown: [
    { of: "a policy by a variable", resource: origins(custom({ origin_protocol_policy: "${var.p}" })) },
    { of: "the viewers' protocol by a variable", resource: followed("${var.p}") },
  ],
  notApplicable: [{ of: "a bucket", resource: origins(S3) }],
});

describeRule(rule("CloudFront.10"), {
  compliant: [{ of: "TLS 1.2", resource: origins(custom()) }],
  nonCompliant: [
    {
      of: "SSL 3",
      resource: origins([S3, custom({ origin_ssl_protocols: ["SSLv3", "TLSv1.2"] })]),
      path: "origin[1].custom_origin_config.origin_ssl_protocols",
    },
  ],
  unknown: [
    { of: "protocols by a variable", resource: origins(custom({ origin_ssl_protocols: "${var.p}" })) },
    {
      of: "a protocol by a variable",
      resource: origins(custom({ origin_ssl_protocols: ["TLSv1.2", "${var.p}"] })),
    },
  ],
  notApplicable: [{ of: "a bucket", resource: origins(S3) }],
});

const NAMED: More = { aws_s3_bucket: { site: { bucket: "example-site" } } };

describeRule(rule("CloudFront.12"), {
  compliant: [
    { of: "a bucket of the configuration", resource: origins(S3) },
    {
      of: "a bucket in a longer host",
      resource: origins({ ...S3, domain_name: "${aws_s3_bucket.site.id}.s3.amazonaws.com" }),
    },
    {
      of: "a bucket by its name",
      resource: origins({ ...S3, domain_name: "example-site.s3.eu-west-1.amazonaws.com" }, {}, NAMED),
    },
  ],
  nonCompliant: [{ of: "a bucket that is gone", resource: origins(S3, {}, {}), path: "origin.domain_name" }],
  unknown: [
    {
      of: "a bucket elsewhere",
      resource: origins({ ...S3, domain_name: "other-site.s3.eu-west-1.amazonaws.com" }, {}, NAMED),
    },
    { of: "a host by a variable", resource: origins({ ...S3, domain_name: "${var.host}" }) },
    {
      of: "a bucket that is looked up",
      resource: origins(
        { ...S3, domain_name: "${data.aws_s3_bucket.site.bucket_regional_domain_name}" },
        {},
        {},
      ),
      rest: { data: { aws_s3_bucket: { site: { bucket: "example-site" } } } },
    },
    {
      of: "a bucket of that name that may not be there",
      resource: origins(
        { ...S3, domain_name: "example-site.s3.eu-west-1.amazonaws.com" },
        {},
        { aws_s3_bucket: { site: { bucket: "example-site", count: "${var.count}" } } },
      ),
    },
    {
      of: "a bucket that may not be there",
      resource: origins(
        { ...S3, domain_name: "${aws_s3_bucket.site[0].bucket_regional_domain_name}" },
        {},
        { aws_s3_bucket: { site: { count: "${var.count}" } } },
      ),
    },
  ],
  notApplicable: [{ of: "an origin of one's own", resource: origins(custom()) }],
});

it("does not take the bucket of another stack for the one that is gone", () => {
  const { findings } = judge(
    { stacks: { web: { resource: origins(S3, {}, {}) }, other: { resource: SITE } } },
    { rules: [rule("CloudFront.12")] },
  );
  expect(findings.map(({ verdict }) => verdict.status)).toEqual(["non-compliant"]);
});

const CONTROL = { origin_access_control_id: "${aws_cloudfront_origin_access_control.c.id}" };
const CONTROLLED: More = { ...SITE, aws_cloudfront_origin_access_control: { c: {} } };

describeRule(rule("CloudFront.13"), {
  compliant: [{ of: "access control", resource: origins([custom(), { ...S3, ...CONTROL }], {}, CONTROLLED) }],
  nonCompliant: [
    { of: "a public bucket", resource: origins(S3), path: "origin.origin_access_control_id" },
    {
      of: "a public bucket beside one with access control",
      resource: origins([{ ...S3, ...CONTROL }, S3], {}, CONTROLLED),
      path: "origin[1].origin_access_control_id",
    },
    {
      of: "an access identity, which came before",
      resource: origins([custom(), { ...S3, s3_origin_config: { origin_access_identity: "i" } }]),
      path: "origin[1].origin_access_control_id",
    },
  ],
  unknown: [
    {
      of: "access control by a variable",
      resource: origins({ ...S3, origin_access_control_id: "${var.c}" }),
    },
  ],
  notApplicable: [{ of: "an origin of one's own", resource: origins(custom()) }],
});

const URL: More = { aws_lambda_function_url: { url: {} }, aws_cloudfront_origin_access_control: { c: {} } };
const url = (domain_name: string, control: object = {}) =>
  origins({ ...custom({}, domain_name), ...control }, {}, URL);
const BY_ID = "${aws_lambda_function_url.url.url_id}.lambda-url.eu-west-1.on.aws";
const CUT_OUT = '${trimsuffix(trimprefix(aws_lambda_function_url.url.function_url, "https://"), "/")}';

describeRule(rule("CloudFront.16"), {
  compliant: [
    { of: "a URL with access control", resource: url(BY_ID, CONTROL) },
    { of: "a URL that is cut out, with access control", resource: url(CUT_OUT, CONTROL) },
    { of: "whatever it is, with access control", resource: url("${var.host}", CONTROL) },
  ],
  nonCompliant: [
    { of: "a URL by its id", resource: url(BY_ID), path: "origin.origin_access_control_id" },
    { of: "a URL that is cut out", resource: url(CUT_OUT), path: "origin.origin_access_control_id" },
    {
      of: "a URL that is split out",
      resource: url('${element(split("/", aws_lambda_function_url.url.function_url), 2)}'),
      path: "origin.origin_access_control_id",
    },
    {
      of: "a URL of nobody knows which function",
      resource: url("${var.id}.lambda-url.eu-west-1.on.aws"),
      path: "origin.origin_access_control_id",
    },
    {
      of: "a literal URL",
      resource: url("abc.lambda-url.eu-west-1.on.aws"),
      path: "origin.origin_access_control_id",
    },
  ],
  unknown: [
    { of: "a host by a variable", resource: url("${var.host}") },
    { of: "access control by a variable", resource: url(BY_ID, { origin_access_control_id: "${var.c}" }) },
  ],
  notApplicable: [
    { of: "an origin of one's own", resource: origins(custom()) },
    { of: "a bucket", resource: origins(S3) },
  ],
});
