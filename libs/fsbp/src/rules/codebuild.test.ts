import { describeRule } from "../testing/cases";
import { codebuildRules } from "./codebuild";

const rule = (id: string) => {
  const found = codebuildRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const project = (config: object) => ({ aws_codebuild_project: { build: config } });
const source = (location: string, more: object = {}, secondary_sources: object[] = []) =>
  project({ source: { type: "BITBUCKET", location, ...more }, secondary_sources });

describeRule(rule("CodeBuild.1"), {
  compliant: [
    { of: "a plain URL", resource: source("https://bitbucket.org/example/app.git") },
    { of: "a URL with a sign behind the host", resource: source("https://bitbucket.org/example/app@1.git") },
  ],
  nonCompliant: [
    {
      of: "a user and a password",
      resource: source("https://user:secret@bitbucket.org/example/app.git"),
      path: "source.location",
    },
    {
      of: "a token",
      resource: source("https://${var.token}@bitbucket.org/example/app.git"),
      path: "source.location",
    },
    {
      of: "a sign-in beside a plain URL",
      resource: source("https://bitbucket.org/example/app.git", {}, [
        { type: "BITBUCKET", location: "https://x:y@bitbucket.org/a" },
      ]),
      path: "secondary_sources.location",
    },
    {
      of: "a sign-in of a second source",
      resource: project({
        source: { type: "NO_SOURCE" },
        secondary_sources: [
          { type: "GITHUB" },
          { type: "BITBUCKET", location: "https://x:y@bitbucket.org/a" },
        ],
      }),
      path: "secondary_sources[1].location",
    },
  ],
  unknown: [
    { of: "a URL by a variable", resource: source("${var.url}") },
    { of: "a URL that begins with a variable", resource: source("${var.host}/example/app.git") },
    {
      of: "a URL that is stored elsewhere",
      resource: {
        ...source("${aws_secretsmanager_secret_version.url.secret_string}"),
        aws_secretsmanager_secret_version: { url: {} },
      },
    },
    { of: "a kind by a variable", resource: source("https://bitbucket.org/a", { type: "${var.type}" }) },
  ],
  notApplicable: [{ of: "another host", resource: source("https://x:y@github.com/a", { type: "GITHUB" }) }],
});

const variable = (...environment_variable: object[]) => project({ environment: { environment_variable } });
const KEY = { name: "AWS_SECRET_ACCESS_KEY", value: "key" };

describeRule(rule("CodeBuild.2"), {
  compliant: [
    { of: "no variable", resource: project({ environment: {} }) },
    { of: "a plain value that is no key", resource: variable({ name: "STAGE", value: "live" }) },
    { of: "a key that is stored", resource: variable({ ...KEY, type: "SECRETS_MANAGER" }) },
    {
      of: "a stored value by whatever name",
      resource: variable({ name: "${var.n}", type: "PARAMETER_STORE" }),
    },
  ],
  nonCompliant: [
    {
      of: "a key as it is",
      resource: variable({ name: "STAGE", value: "live" }, KEY),
      path: "environment.environment_variable[1].type",
    },
    {
      of: "a key's id as it is",
      resource: variable({ name: "AWS_ACCESS_KEY_ID", value: "id", type: "PLAINTEXT" }),
      path: "environment.environment_variable.type",
    },
  ],
  unknown: [
    { of: "a name by a variable", resource: variable({ name: "${var.name}", value: "key" }) },
    { of: "a key's kind by a variable", resource: variable({ ...KEY, type: "${var.type}" }) },
    {
      of: "variables by a variable",
      resource: project({ environment: { environment_variable: "${var.v}" } }),
    },
  ],
});

const logs = (logs_config: object) => project({ logs_config });

describeRule(rule("CodeBuild.3"), {
  compliant: [
    { of: "the default", resource: logs({ s3_logs: { status: "ENABLED", location: "logs/build" } }) },
  ],
  nonCompliant: [
    {
      of: "logs without encryption",
      resource: logs({ s3_logs: { status: "ENABLED", encryption_disabled: true } }),
      path: "logs_config.s3_logs.encryption_disabled",
    },
  ],
  unknown: [
    { of: "encryption by a variable", resource: logs({ s3_logs: { encryption_disabled: "${var.e}" } }) },
  ],
  notApplicable: [
    { of: "no logs in a bucket", resource: logs({ cloudwatch_logs: { status: "ENABLED" } }) },
    { of: "no word on logs", resource: project({}) },
  ],
});

const OFF = { status: "DISABLED" };

describeRule(rule("CodeBuild.4"), {
  compliant: [
    { of: "the default", resource: project({}) },
    { of: "a log group", resource: logs({ cloudwatch_logs: { group_name: "build" } }) },
    { of: "a bucket", resource: logs({ cloudwatch_logs: OFF, s3_logs: { status: "ENABLED" } }) },
  ],
  nonCompliant: [
    {
      of: "no logs",
      resource: logs({ cloudwatch_logs: OFF, s3_logs: OFF }),
      path: "logs_config.cloudwatch_logs.status",
    },
  ],
  unknown: [{ of: "logs by a variable", resource: logs({ cloudwatch_logs: { status: "${var.s}" } }) }],
});

const reports = (export_config: object) => ({ aws_codebuild_report_group: { tests: { export_config } } });
const to = (s3_destination: object) =>
  reports({ type: "S3", s3_destination: { bucket: "b", ...s3_destination } });

describeRule(rule("CodeBuild.7"), {
  compliant: [{ of: "the default", resource: to({ encryption_key: "arn" }) }],
  nonCompliant: [
    {
      of: "reports without encryption",
      resource: to({ encryption_disabled: true }),
      path: "export_config.s3_destination.encryption_disabled",
    },
  ],
  unknown: [
    { of: "encryption by a variable", resource: to({ encryption_disabled: "${var.e}" }) },
    { of: "an export by a variable", resource: reports({ type: "${var.type}" }) },
  ],
  notApplicable: [{ of: "no export", resource: reports({ type: "NO_EXPORT" }) }],
});
