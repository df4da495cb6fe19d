import { type Mutation } from "../mutation";

const TYPE = "aws_cloudfront_distribution";

const CUSTOM = {
  http_port: 80,
  https_port: 443,
  origin_protocol_policy: "https-only",
  origin_ssl_protocols: ["TLSv1.2"],
};

/** A distribution of a bucket, of a server and of a function's URL, which passes every control. */
const DISTRIBUTION = {
  aws_s3_bucket: { Added: { bucket: "added" } },
  [TYPE]: {
    Added: {
      enabled: true,
      aliases: ["added.example.com"],
      default_root_object: "index.html",
      web_acl_id: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/added/1",
      origin: [
        {
          origin_id: "bucket",
          domain_name: "${aws_s3_bucket.Added.bucket_regional_domain_name}",
          origin_access_control_id: "E1EXAMPLE",
        },
        { origin_id: "server", domain_name: "server.example.com", custom_origin_config: CUSTOM },
        {
          origin_id: "function",
          domain_name: "abcdefghij.lambda-url.eu-west-1.on.aws",
          origin_access_control_id: "E2EXAMPLE",
          custom_origin_config: CUSTOM,
        },
      ],
      origin_group: [
        {
          origin_id: "group",
          failover_criteria: { status_codes: [500, 503] },
          member: [{ origin_id: "server" }, { origin_id: "bucket" }],
        },
      ],
      default_cache_behavior: {
        target_origin_id: "group",
        viewer_protocol_policy: "redirect-to-https",
        allowed_methods: ["GET", "HEAD"],
        cached_methods: ["GET", "HEAD"],
        cache_policy_id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        trusted_key_groups: ["example"],
      },
      logging_config: { bucket: "example.s3.amazonaws.com" },
      viewer_certificate: {
        acm_certificate_arn: "arn:aws:acm:us-east-1:123456789012:certificate/example",
        minimum_protocol_version: "TLSv1.2_2021",
        ssl_support_method: "sni-only",
      },
      restrictions: { geo_restriction: { restriction_type: "none" } },
    },
  },
};

/** A distribution of which one argument is changed; what becomes `undefined` is left out. */
const distribution = (control: string, mutation: string, path: string, value: unknown): Mutation => ({
  control,
  mutation,
  at: TYPE,
  add: DISTRIBUTION,
  change: (zone) => zone.set(TYPE, path, value),
});

const OWN_CERTIFICATE = { cloudfront_default_certificate: true };

/** How CloudFront's controls are broken. */
export const cloudFrontMutations: readonly Mutation[] = [
  distribution("CloudFront.1", "a bucket's root is no object", "default_root_object", undefined),
  distribution(
    "CloudFront.3",
    "viewers may come by HTTP",
    "default_cache_behavior.viewer_protocol_policy",
    "allow-all",
  ),
  distribution("CloudFront.4", "no origin takes over from another", "origin_group", undefined),
  distribution("CloudFront.5", "requests are not logged", "logging_config", undefined),
  distribution("CloudFront.6", "no web ACL stands before a distribution", "web_acl_id", undefined),
  distribution(
    "CloudFront.7",
    "a distribution has CloudFront's certificate",
    "viewer_certificate",
    OWN_CERTIFICATE,
  ),
  distribution(
    "CloudFront.8",
    "a certificate is served by an address of its own",
    "viewer_certificate.ssl_support_method",
    "vip",
  ),
  distribution(
    "CloudFront.9",
    "an origin is reached by HTTP",
    "origin.1.custom_origin_config.origin_protocol_policy",
    "http-only",
  ),
  distribution(
    "CloudFront.10",
    "an origin is reached by SSL 3",
    "origin.1.custom_origin_config.origin_ssl_protocols",
    ["SSLv3", "TLSv1.2"],
  ),
  {
    control: "CloudFront.12",
    mutation: "the bucket of a distribution is gone",
    at: TYPE,
    add: DISTRIBUTION,
    change: (zone) => zone.remove("aws_s3_bucket"),
  },
  distribution(
    "CloudFront.13",
    "a bucket takes requests of others than the distribution",
    "origin.0.origin_access_control_id",
    undefined,
  ),
  distribution(
    "CloudFront.15",
    "viewers may come by TLS 1.1",
    "viewer_certificate.minimum_protocol_version",
    "TLSv1.1_2016",
  ),
  distribution(
    "CloudFront.16",
    "a function's URL takes requests of others than the distribution",
    "origin.2.origin_access_control_id",
    undefined,
  ),
  {
    control: "CloudFront.17",
    mutation: "viewers sign as an account instead of with a key group",
    at: TYPE,
    add: DISTRIBUTION,
    change: (zone) => {
      zone.set(TYPE, "default_cache_behavior.trusted_key_groups", undefined);
      zone.set(TYPE, "default_cache_behavior.trusted_signers", ["self"]);
    },
  },
];
