import { describeRule } from "../testing/cases";
import { httpRules, websocketLogging } from "./apigateway-v2";

const rule = (id: string) => {
  const found = httpRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const stage = (config: object, protocol_type = "WEBSOCKET") => ({
  aws_apigatewayv2_api: { api: { name: "orders", protocol_type } },
  aws_apigatewayv2_stage: { live: { api_id: "${aws_apigatewayv2_api.api.id}", name: "live", ...config } },
});
const LIVE = "aws_apigatewayv2_stage.live";

describeRule(websocketLogging, {
  compliant: [{ of: "errors", resource: stage({ default_route_settings: { logging_level: "ERROR" } }) }],
  nonCompliant: [
    { of: "no logs", resource: stage({}), path: "default_route_settings.logging_level" },
    {
      of: "a route that is taken out",
      resource: stage({
        default_route_settings: { logging_level: "INFO" },
        route_settings: [{ route_key: "a", logging_level: "INFO" }, { route_key: "b" }],
      }),
      path: "route_settings[1].logging_level",
    },
  ],
  unknown: [
    {
      of: "a level by a variable",
      resource: stage({ default_route_settings: { logging_level: "${var.l}" } }),
    },
    { of: "an API's kind by a variable", resource: stage({}, "${var.kind}") },
    { of: "an API by a variable", resource: { aws_apigatewayv2_stage: { live: { api_id: "${var.api}" } } } },
    { of: "an API elsewhere", resource: { aws_apigatewayv2_stage: { live: { api_id: "abc123" } } } },
    {
      of: "an API that is looked up",
      resource: { aws_apigatewayv2_stage: { live: { api_id: "${data.aws_apigatewayv2_api.api.id}" } } },
      rest: { data: { aws_apigatewayv2_api: { api: { api_id: "abc123" } } } },
    },
  ],
  notApplicable: [{ of: "an HTTP API", resource: stage({}, "HTTP") }],
});

const route = (config: object) => ({ aws_apigatewayv2_route: { all: { route_key: "$default", ...config } } });
const api = (config: object) => ({ aws_apigatewayv2_api: { api: { protocol_type: "HTTP", ...config } } });

describeRule(rule("APIGateway.8"), {
  compliant: [
    { of: "tokens", resource: route({ authorization_type: "JWT" }) },
    { of: "signatures", resource: route({ authorization_type: "AWS_IAM" }) },
  ],
  nonCompliant: [
    { of: "a route for everyone", resource: route({}), path: "authorization_type" },
    {
      of: "a route that says so",
      resource: route({ authorization_type: "NONE" }),
      path: "authorization_type",
    },
    { of: "a route that the API makes by itself", resource: api({ target: "arn" }), path: "target" },
    { of: "such a route beside a document", resource: api({ target: "arn", body: "{}" }), path: "target" },
  ],
  unknown: [
    { of: "authorization by a variable", resource: route({ authorization_type: "${var.auth}" }) },
    { of: "an OpenAPI document", resource: api({ body: "{}" }) },
    { of: "a target by a variable", resource: api({ target: "${var.target}" }) },
  ],
  notApplicable: [{ of: "an API without routes of its own", resource: api({}) }],
});

describeRule(rule("APIGateway.9"), {
  compliant: [
    {
      of: "access logs",
      resource: stage({ access_log_settings: { destination_arn: "arn", format: "$context.requestId" } }),
      address: LIVE,
    },
  ],
  nonCompliant: [
    { of: "no access logs", resource: stage({}), address: LIVE, path: "access_log_settings.destination_arn" },
    { of: "a stage that the API makes by itself", resource: api({ target: "arn" }), path: "target" },
  ],
  unknown: [
    {
      of: "a destination by a variable",
      resource: stage({ access_log_settings: { destination_arn: "${var.logs}" } }),
      address: LIVE,
    },
  ],
  notApplicable: [{ of: "an API without a stage of its own", resource: api({}) }],
});

const integration = (config: object) => ({ aws_apigatewayv2_integration: { app: config } });
const LINK = { connection_type: "VPC_LINK" };

describeRule(rule("APIGateway.10"), {
  compliant: [
    { of: "HTTPS", resource: integration({ ...LINK, tls_config: { server_name_to_verify: "app" } }) },
    { of: "HTTPS to whatever name", resource: integration({ ...LINK, tls_config: [{}] }) },
  ],
  nonCompliant: [{ of: "HTTP", resource: integration(LINK), path: "tls_config" }],
  unknown: [
    { of: "a connection by a variable", resource: integration({ connection_type: "${var.link}" }) },
    { of: "a block by a variable", resource: integration({ ...LINK, tls_config: "${var.tls}" }) },
  ],
  notApplicable: [{ of: "an integration through the internet", resource: integration({}) }],
});
