import { type Mutation } from "../mutation";

const STAGE = "aws_api_gateway_stage";
const SETTINGS = "aws_api_gateway_method_settings";
const REST_API = "${aws_api_gateway_rest_api.Added.id}";

const REST = {
  aws_api_gateway_rest_api: { Added: { name: "added" } },
  [STAGE]: {
    Added: {
      rest_api_id: REST_API,
      deployment_id: "abc123",
      stage_name: "added",
      client_certificate_id: "cert12",
      xray_tracing_enabled: true,
      cache_cluster_enabled: true,
      cache_cluster_size: "0.5",
    },
  },
  [SETTINGS]: {
    Added: {
      rest_api_id: REST_API,
      stage_name: "${aws_api_gateway_stage.Added.stage_name}",
      method_path: "*/*",
      settings: { logging_level: "ERROR", caching_enabled: true, cache_data_encrypted: true },
    },
  },
  aws_wafv2_web_acl_association: {
    Added: {
      resource_arn: "${aws_api_gateway_stage.Added.arn}",
      web_acl_arn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/added/1",
    },
  },
};

const HTTP_API = "${aws_apigatewayv2_api.Added.id}";

const HTTP = {
  aws_apigatewayv2_api: { Added: { name: "added", protocol_type: "HTTP" } },
  aws_apigatewayv2_route: {
    Added: { api_id: HTTP_API, route_key: "GET /", authorization_type: "AWS_IAM" },
  },
  aws_apigatewayv2_stage: {
    Added: {
      api_id: HTTP_API,
      name: "$default",
      access_log_settings: {
        destination_arn: "arn:aws:logs:eu-west-1:123456789012:log-group:added",
        format: "$context.requestId",
      },
    },
  },
  aws_apigatewayv2_integration: {
    Added: {
      api_id: HTTP_API,
      integration_type: "HTTP_PROXY",
      integration_method: "GET",
      integration_uri:
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/added/50dc6c495c0c9188/f2f7dc8efc522ab2",
      connection_type: "VPC_LINK",
      connection_id: "link12",
      tls_config: { server_name_to_verify: "added.example.com" },
    },
  },
};

const DOMAIN = {
  aws_api_gateway_domain_name: {
    Added: {
      domain_name: "added.example.com",
      regional_certificate_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/example",
      security_policy: "SecurityPolicy_TLS13_1_3_2025_09",
      endpoint_configuration: { types: ["REGIONAL"] },
    },
  },
};

/** How API Gateway's controls are broken. */
export const apiGatewayMutations: readonly Mutation[] = [
  {
    control: "APIGateway.1",
    mutation: "a stage of a REST API does not log",
    at: STAGE,
    add: REST,
    change: (zone) => zone.set(SETTINGS, "settings.logging_level", "OFF"),
  },
  {
    control: "APIGateway.2",
    mutation: "a stage shows no certificate to backends",
    at: STAGE,
    add: REST,
    change: (zone) => zone.set(STAGE, "client_certificate_id", undefined),
  },
  {
    control: "APIGateway.3",
    mutation: "a stage's requests are not traced",
    at: STAGE,
    add: REST,
    change: (zone) => zone.set(STAGE, "xray_tracing_enabled", false),
  },
  {
    control: "APIGateway.4",
    mutation: "no web ACL stands before a stage",
    at: STAGE,
    add: REST,
    change: (zone) => zone.remove("aws_wafv2_web_acl_association"),
  },
  {
    control: "APIGateway.5",
    mutation: "what a stage caches is not encrypted",
    at: STAGE,
    add: REST,
    change: (zone) => zone.set(SETTINGS, "settings.cache_data_encrypted", false),
  },
  {
    control: "APIGateway.8",
    mutation: "everyone may call a route",
    at: "aws_apigatewayv2_route",
    add: HTTP,
    change: (zone) => zone.set("aws_apigatewayv2_route", "authorization_type", "NONE"),
  },
  {
    control: "APIGateway.9",
    mutation: "a stage of an HTTP API does not log its requests",
    at: "aws_apigatewayv2_stage",
    add: HTTP,
    change: (zone) => zone.set("aws_apigatewayv2_stage", "access_log_settings", undefined),
  },
  {
    control: "APIGateway.10",
    mutation: "what is behind a VPC link is reached without TLS",
    at: "aws_apigatewayv2_integration",
    add: HTTP,
    change: (zone) => zone.set("aws_apigatewayv2_integration", "tls_config", undefined),
  },
  {
    control: "APIGateway.11",
    mutation: "a domain name takes an older TLS policy",
    at: "aws_api_gateway_domain_name",
    add: DOMAIN,
    change: (zone) => zone.set("aws_api_gateway_domain_name", "security_policy", "TLS_1_2"),
  },
];
