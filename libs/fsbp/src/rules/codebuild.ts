import { Reference, Template, Unknown } from "@landfall/terraform-graph";
import { eachBlock, mustBeFalse, mustBeOneOf, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type View } from "../view";

const project = (control: string, judge: (project: Subject) => Verdict): ResourceRule => ({
  control,
  types: ["aws_codebuild_project"],
  judge,
});

/** What stands before the host in a URL: a user, a password, a token. */
const SIGN_IN = /^[a-z][a-z+.-]*:\/\/[^/]*@/i;

/** CodeBuild.1: no sign-in is in the URL of a Bitbucket repository. It is not shown in the finding either. */
function noSignIn(source: View): Verdict {
  const bitbucket = mustBeOneOf(source, "type", ["BITBUCKET"]);
  if (bitbucket.status !== "compliant") return bitbucket.status === "unknown" ? bitbucket : NOT_APPLICABLE;
  const path = source.at("location");
  const location = source.value("location");
  if (location instanceof Reference)
    return unknown(path, `${render(location)} is not known before the apply`);
  const parts = location instanceof Template ? location.parts : [location];
  const text = parts.map((part) => (typeof part === "string" ? part : "?")).join("");
  if (SIGN_IN.test(text)) return nonCompliant(path, "a sign-in in the URL", "a URL without it");
  const hidden = parts.find((part) => part instanceof Unknown);
  return hidden instanceof Unknown ? unknown(path, hidden.reason) : COMPLIANT;
}

const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/** CodeBuild.2: no access key is in an environment variable as it is. */
function noPlainKey(variable: View): Verdict {
  const name = variable.value("name");
  const stored = mustBeOneOf(variable, "type", ["PARAMETER_STORE", "SECRETS_MANAGER"], "PLAINTEXT");
  if (stored.status === "compliant") return COMPLIANT;
  if (typeof name !== "string") return unknown(variable.at("name"), "the name is not known before the apply");
  return KEYS.includes(name) ? stored : COMPLIANT;
}

/** CodeBuild.7: what a report group exports is encrypted. */
const exportsEncrypted: ResourceRule = {
  control: "CodeBuild.7",
  types: ["aws_codebuild_report_group"],
  judge: (group) => {
    const exported = mustBeOneOf(group, "export_config.type", ["S3"]);
    if (exported.status !== "compliant") return exported.status === "unknown" ? exported : NOT_APPLICABLE;
    return mustBeFalse(group, "export_config.s3_destination.encryption_disabled");
  },
};

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html */
export const codebuildRules: readonly ResourceRule[] = [
  project("CodeBuild.1", (subject) =>
    all(
      eachBlock(subject, "source", noSignIn, NOT_APPLICABLE),
      eachBlock(subject, "secondary_sources", noSignIn, NOT_APPLICABLE),
    ),
  ),
  project("CodeBuild.2", (subject) =>
    eachBlock(
      subject,
      "environment",
      (environment) => eachBlock(environment, "environment_variable", noPlainKey, COMPLIANT),
      COMPLIANT,
    ),
  ),
  /** CodeBuild.3: logs in a bucket are encrypted. */
  project("CodeBuild.3", (subject) =>
    eachBlock(
      subject,
      "logs_config",
      (config) =>
        eachBlock(config, "s3_logs", (logs) => mustBeFalse(logs, "encryption_disabled"), NOT_APPLICABLE),
      NOT_APPLICABLE,
    ),
  ),
  /** CodeBuild.4: builds are logged somewhere. The provider turns CloudWatch's logs on where they are left out. */
  project("CodeBuild.4", (subject) =>
    any(
      mustBeOneOf(subject, "logs_config.cloudwatch_logs.status", ["ENABLED"], "ENABLED"),
      mustBeOneOf(subject, "logs_config.s3_logs.status", ["ENABLED"], "DISABLED"),
    ),
  ),
  exportsEncrypted,
];
