import { equal, Unknown } from "@landfall/terraform-graph";
import { APIGATEWAY_TLS_POLICIES } from "../dated-list";
import { mustBeOneOf, mustBeSet, mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { type Related, type Subject, type Subjects } from "../subject";
import { all, COMPLIANT, nonCompliant, NOT_APPLICABLE, type Verdict } from "../verdict";
import { httpRules, websocketLogging } from "./apigateway-v2";
import { anyCompanion, mayBeMore, ofCompanion } from "./companions";

const LEVELS = ["ERROR", "INFO"];

/** A deployment with a stage's name makes that stage, in provider 5. */
const STAGES = ["aws_api_gateway_stage", "aws_api_gateway_deployment"];

/** A rule for stages of REST APIs. */
const stageRule = (
  control: string,
  judge: (stage: Subject, subjects: Subjects) => Verdict,
): ResourceRule => ({
  control,
  types: STAGES,
  judge: (stage, subjects) => (stage.value("stage_name") === null ? NOT_APPLICABLE : judge(stage, subjects)),
});

/** What only an aws_api_gateway_stage has: a stage that a deployment makes is without. */
const stageOnly = (control: string, judge: (stage: Subject) => Verdict): ResourceRule =>
  stageRule(control, (stage) =>
    stage.resource.type === "aws_api_gateway_stage"
      ? judge(stage)
      : nonCompliant("stage_name", "a stage that the deployment makes", "an aws_api_gateway_stage"),
  );

/** The settings of a stage's methods: they name the API and the stage. */
function settingsOf(stage: Subject, subjects: Subjects): Related {
  const found: Subject[] = [];
  let uncertain: Unknown | undefined;
  for (const settings of subjects.ofType("aws_api_gateway_method_settings")) {
    const same = ["rest_api_id", "stage_name"].map((name) => equal(settings.value(name), stage.value(name)));
    if (same.includes(false)) continue;
    const hidden = same.find((each) => each instanceof Unknown);
    if (hidden instanceof Unknown) uncertain ??= hidden;
    else found.push(settings);
  }
  return { found, uncertain };
}

/** APIGateway.1: all methods of a stage log their errors, and none is taken out. */
function logsAllMethods(stage: Subject, subjects: Subjects): Verdict {
  const { found, uncertain } = settingsOf(stage, subjects);
  const level = (settings: Subject) => mustBeOneOf(settings, "settings.logging_level", LEVELS, "OFF");
  const wholeStage = found.filter((settings) => settings.value("method_path") === "*/*");
  return all(
    ...found.map((settings) => ofCompanion(settings, level(settings))),
    anyCompanion(
      { found: wholeStage, uncertain },
      level,
      nonCompliant(
        "",
        "no aws_api_gateway_method_settings for */*",
        `one with the logging level ${LEVELS.join(" or ")}`,
      ),
    ),
  );
}

/** APIGateway.4: a web ACL stands before the stage. */
function hasWebAcl(stage: Subject): Verdict {
  const associations = ["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"].map((type) =>
    stage.related(type, "resource_arn"),
  );
  return anyCompanion(
    {
      found: associations.flatMap(({ found }) => found),
      uncertain: associations.find(({ uncertain }) => uncertain)?.uncertain,
    },
    () => COMPLIANT,
    nonCompliant("", "no aws_wafv2_web_acl_association", "one with the stage's ARN"),
  );
}

/** APIGateway.5: what a stage caches for its methods is encrypted. */
function encryptsCache(stage: Subject, subjects: Subjects): Verdict {
  const cached = mustBeTrue(stage, "cache_cluster_enabled");
  if (cached.status !== "compliant") return cached.status === "unknown" ? cached : NOT_APPLICABLE;
  const { found, uncertain } = settingsOf(stage, subjects);
  return all(
    ...found.map((settings) => {
      const caches = mustBeTrue(settings, "settings.caching_enabled");
      if (caches.status === "non-compliant") return NOT_APPLICABLE;
      const encrypted = mustBeTrue(settings, "settings.cache_data_encrypted");
      const matters = encrypted.status !== "non-compliant" || caches.status === "compliant";
      return ofCompanion(settings, matters ? encrypted : caches);
    }),
    ...mayBeMore(uncertain),
  );
}

/** APIGateway.11: a domain name takes only a recommended security policy. */
const domainPolicy: ResourceRule = {
  control: "APIGateway.11",
  types: ["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"],
  judge: (domain) =>
    mustBeOneOf(
      domain,
      domain.resource.type === "aws_api_gateway_domain_name"
        ? "security_policy"
        : "domain_name_configuration.security_policy",
      APIGATEWAY_TLS_POLICIES.values,
    ),
};

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html */
export const apigatewayRules: readonly ResourceRule[] = [
  stageRule("APIGateway.1", logsAllMethods),
  websocketLogging,
  /** APIGateway.2: backends can tell that a request comes from the stage. */
  stageOnly("APIGateway.2", (stage) => mustBeSet(stage, "client_certificate_id", "a client certificate")),
  /** APIGateway.3: requests are traced. */
  stageOnly("APIGateway.3", (stage) => mustBeTrue(stage, "xray_tracing_enabled")),
  stageRule("APIGateway.4", hasWebAcl),
  stageRule("APIGateway.5", encryptsCache),
  ...httpRules,
  domainPolicy,
];
