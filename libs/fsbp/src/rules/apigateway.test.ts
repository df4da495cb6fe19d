import { describeRule } from "../testing/cases";
import { apigatewayRules } from "./apigateway";

type More = Record<string, Record<string, object>>;

const rule = (id: string, type: string) => {
  const found = apigatewayRules.find(({ control, types }) => control === id && types.includes(type));
  if (!found) throw new Error(`no rule for ${id} and ${type}`);
  return found;
};
const STAGE = "aws_api_gateway_stage";
const API = "${aws_api_gateway_rest_api.api.id}";
const stage = (config: object, more: More = {}) => ({
  aws_api_gateway_rest_api: { api: { name: "orders" } },
  aws_api_gateway_stage: { live: { rest_api_id: API, stage_name: "live", ...config } },
  ...more,
});
const settings = (method_path: string, values: object, more: object = {}) => ({
  rest_api_id: API,
  stage_name: "${aws_api_gateway_stage.live.stage_name}",
  method_path,
  settings: values,
  ...more,
});
const withSettings = (all: Record<string, object>, config: object = {}) =>
  stage(config, { aws_api_gateway_method_settings: all });
const deployed = {
  aws_api_gateway_deployment: { live: { rest_api_id: "abc", stage_name: "live" } },
};
const undeployed = { aws_api_gateway_deployment: { live: { rest_api_id: "abc" } } };
const INFO = { logging_level: "INFO" };

describeRule(rule("APIGateway.1", STAGE), {
  compliant: [
    {
      of: "errors of all methods",
      resource: withSettings({ all: settings("*/*", { logging_level: "ERROR" }) }),
    },
    {
      of: "one method that logs more",
      resource: withSettings({ all: settings("*/*", INFO), one: settings("orders/GET", INFO) }),
    },
  ],
  nonCompliant: [
    { of: "a stage without settings", resource: stage({}), path: "" },
    {
      of: "a stage of which only one method logs",
      resource: withSettings({ one: settings("orders/GET", INFO) }),
      path: "",
    },
    {
      of: "settings of another stage",
      resource: withSettings({ all: settings("*/*", INFO, { stage_name: "test" }) }),
      path: "",
    },
    {
      of: "logs that are off",
      resource: withSettings({ all: settings("*/*", { logging_level: "OFF" }) }),
      path: "aws_api_gateway_method_settings.all.settings.logging_level",
    },
    {
      of: "one method that is taken out",
      resource: withSettings({
        all: settings("*/*", INFO),
        one: settings("orders/GET", { metrics_enabled: true }),
      }),
      path: "aws_api_gateway_method_settings.one.settings.logging_level",
    },
    { of: "a stage of a deployment", resource: deployed, path: "" },
  ],
  unknown: [
    {
      of: "a level by a variable",
      resource: withSettings({ all: settings("*/*", { logging_level: "${var.level}" }) }),
    },
    {
      of: "settings of nobody knows which stage",
      resource: withSettings({ all: settings("*/*", INFO, { stage_name: "${var.stage}" }) }),
    },
    {
      of: "settings of nobody knows which API",
      resource: withSettings({ all: settings("*/*", INFO, { rest_api_id: "abc123" }) }),
    },
  ],
  notApplicable: [{ of: "a deployment without a stage", resource: undeployed }],
});

describeRule(rule("APIGateway.2", STAGE), {
  compliant: [
    {
      of: "a certificate",
      resource: stage(
        { client_certificate_id: "${aws_api_gateway_client_certificate.c.id}" },
        { aws_api_gateway_client_certificate: { c: {} } },
      ),
    },
  ],
  nonCompliant: [
    { of: "no certificate", resource: stage({}), path: "client_certificate_id" },
    { of: "a stage of a deployment", resource: deployed, path: "stage_name" },
  ],
  unknown: [{ of: "a certificate by a variable", resource: stage({ client_certificate_id: "${var.c}" }) }],
  notApplicable: [{ of: "a deployment without a stage", resource: undeployed }],
});

describeRule(rule("APIGateway.3", STAGE), {
  compliant: [{ of: "tracing", resource: stage({ xray_tracing_enabled: true }) }],
  nonCompliant: [{ of: "no tracing", resource: stage({}), path: "xray_tracing_enabled" }],
  unknown: [{ of: "tracing by a variable", resource: stage({ xray_tracing_enabled: "${var.trace}" }) }],
});

const acl = (type: string, resource_arn: string, more: object = {}) =>
  stage({}, { [type]: { before: { resource_arn, ...more } } });
const STAGE_ARN = "${aws_api_gateway_stage.live.arn}";

describeRule(rule("APIGateway.4", STAGE), {
  compliant: [
    { of: "a web ACL", resource: acl("aws_wafv2_web_acl_association", STAGE_ARN) },
    { of: "a web ACL of WAF Classic", resource: acl("aws_wafregional_web_acl_association", STAGE_ARN) },
  ],
  nonCompliant: [
    { of: "no web ACL", resource: stage({}), path: "" },
    { of: "a web ACL of something else", resource: acl("aws_wafv2_web_acl_association", "arn"), path: "" },
  ],
  unknown: [
    { of: "a web ACL of nobody knows what", resource: acl("aws_wafv2_web_acl_association", "${var.arn}") },
    {
      of: "a web ACL that may not be there",
      resource: acl("aws_wafv2_web_acl_association", STAGE_ARN, { count: "${var.count}" }),
    },
  ],
});

const CACHE = { cache_cluster_enabled: true };
const cached = (values: object, config: object = CACHE) =>
  withSettings({ all: settings("*/*", values) }, config);
const ENCRYPTED = "aws_api_gateway_method_settings.all.settings.cache_data_encrypted";

describeRule(rule("APIGateway.5", STAGE), {
  compliant: [
    { of: "an encrypted cache", resource: cached({ caching_enabled: true, cache_data_encrypted: true }) },
    {
      of: "encryption of what may be cached",
      resource: cached({ caching_enabled: "${var.cache}", cache_data_encrypted: true }),
    },
  ],
  nonCompliant: [
    { of: "a cache that is not", resource: cached({ caching_enabled: true }), path: ENCRYPTED },
    {
      of: "a method of which it is not, among others",
      resource: withSettings(
        {
          one: settings("orders/GET", { caching_enabled: true, cache_data_encrypted: true }),
          all: settings("*/*", { caching_enabled: true }),
        },
        CACHE,
      ),
      path: ENCRYPTED,
    },
  ],
  unknown: [
    { of: "caching by a variable", resource: cached({ caching_enabled: "${var.cache}" }) },
    {
      of: "encryption by a variable",
      resource: cached({ caching_enabled: true, cache_data_encrypted: "${var.encrypt}" }),
    },
    {
      of: "a cache by a variable",
      resource: cached({ caching_enabled: true }, { cache_cluster_enabled: "${var.cache}" }),
    },
    {
      of: "settings of nobody knows which stage",
      resource: withSettings({ all: settings("*/*", {}, { stage_name: "${var.stage}" }) }, CACHE),
    },
  ],
  notApplicable: [
    { of: "a stage without a cache", resource: cached({ caching_enabled: true }, {}) },
    { of: "a cache that no method uses", resource: cached({ cache_data_encrypted: false }) },
  ],
});

const domain = (config: object) => ({
  aws_api_gateway_domain_name: { api: { domain_name: "a", ...config } },
});
const v2Domain = (security_policy: string) => ({
  aws_apigatewayv2_domain_name: { api: { domain_name_configuration: [{ security_policy }] } },
});

describeRule(rule("APIGateway.11", "aws_api_gateway_domain_name"), {
  compliant: [
    {
      of: "a recommended policy",
      resource: domain({ security_policy: "SecurityPolicy_TLS13_1_3_2025_09" }),
    },
  ],
  nonCompliant: [
    { of: "the default policy", resource: domain({}), path: "security_policy" },
    {
      of: "a policy that was recommended once",
      resource: domain({ security_policy: "TLS_1_2" }),
      path: "security_policy",
    },
    {
      of: "the policy of HTTP APIs",
      resource: v2Domain("TLS_1_2"),
      path: "domain_name_configuration.security_policy",
    },
  ],
  unknown: [
    { of: "a policy by a variable", resource: domain({ security_policy: "${var.policy}" }) },
    { of: "a policy of HTTP APIs by a variable", resource: v2Domain("${var.policy}") },
  ],
});
