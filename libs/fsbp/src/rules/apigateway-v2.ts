import { Unknown } from "@landfall/terraform-graph";
import { eachBlock, isSet, mustBeOneOf, mustBeSet } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";

const LEVELS = ["ERROR", "INFO"];

/** APIGateway.1: a stage of a WebSocket API logs its errors, and no route is taken out. HTTP APIs know no such logs. */
export const websocketLogging: ResourceRule = {
  control: "APIGateway.1",
  types: ["aws_apigatewayv2_stage"],
  judge: (stage) => {
    const api = stage.target("api_id");
    if (api === undefined) return unknown("api_id", "its API is not in this configuration");
    if (api instanceof Unknown) return unknown("api_id", api.reason);
    const protocol = mustBeOneOf(api, "protocol_type", ["WEBSOCKET"]);
    // A data source's protocol is left out here: only AWS knows it.
    if (protocol.status === "unknown" || api.value("protocol_type") === null) {
      return unknown("api_id", `the protocol of ${api.resource.address} is not known before the apply`);
    }
    if (protocol.status === "non-compliant") return NOT_APPLICABLE;
    return all(
      mustBeOneOf(stage, "default_route_settings.logging_level", LEVELS, "OFF"),
      eachBlock(
        stage,
        "route_settings",
        (route) => mustBeOneOf(route, "logging_level", LEVELS, "OFF"),
        NOT_APPLICABLE,
      ),
    );
  },
};

/** An API with a target makes a route and a stage of its own: for everyone, and without logs. */
function quickCreated(api: Subject, wanted: string): Verdict {
  const target = api.value("target");
  if (target instanceof Unknown) return unknown("target", target.reason);
  return isSet(target)
    ? nonCompliant("target", "a route and a stage that the API makes by itself", wanted)
    : NOT_APPLICABLE;
}

/** The rules for HTTP and WebSocket APIs. */
export const httpRules: readonly ResourceRule[] = [
  /** APIGateway.8: a route says who may call it. */
  {
    control: "APIGateway.8",
    types: ["aws_apigatewayv2_route", "aws_apigatewayv2_api"],
    judge: (subject) => {
      if (subject.resource.type === "aws_apigatewayv2_route") {
        return mustBeOneOf(subject, "authorization_type", ["AWS_IAM", "CUSTOM", "JWT"], "NONE");
      }
      const inBody = isSet(subject.value("body"))
        ? unknown("body", "the routes of an OpenAPI document are not judged")
        : NOT_APPLICABLE;
      return all(quickCreated(subject, "an aws_apigatewayv2_route with an authorization type"), inBody);
    },
  },
  /** APIGateway.9: a stage logs its requests. */
  {
    control: "APIGateway.9",
    types: ["aws_apigatewayv2_stage", "aws_apigatewayv2_api"],
    judge: (subject) =>
      subject.resource.type === "aws_apigatewayv2_stage"
        ? mustBeSet(subject, "access_log_settings.destination_arn", "where the access log goes")
        : quickCreated(subject, "an aws_apigatewayv2_stage with access logs"),
  },
  /** APIGateway.10: what is reached through a VPC link is reached by HTTPS. */
  {
    control: "APIGateway.10",
    types: ["aws_apigatewayv2_integration"],
    judge: (integration) => {
      const link = mustBeOneOf(integration, "connection_type", ["VPC_LINK"], "INTERNET");
      if (link.status !== "compliant") return link.status === "unknown" ? link : NOT_APPLICABLE;
      const tls = integration.blocks("tls_config");
      if (tls instanceof Unknown) return unknown("tls_config", tls.reason);
      return tls.length > 0
        ? COMPLIANT
        : nonCompliant("tls_config", "nothing", "a block, which makes it HTTPS");
    },
  },
];
