import { describeRule } from "../testing/cases";
import { ecrRules } from "./ecr";

type More = Record<string, Record<string, object>>;

const rule = (id: string) => {
  const found = ecrRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const repository = (config: object, more: More = {}) => ({
  aws_ecr_repository: { app: { name: "shop/app", ...config } },
  ...more,
});
const scanned = (scan_frequency: string, filter: string, registry: object = {}, config: object = {}) =>
  repository(config, {
    aws_ecr_registry_scanning_configuration: {
      all: {
        scan_type: "BASIC",
        rule: [{ scan_frequency, repository_filter: [{ filter, filter_type: "WILDCARD" }] }],
        ...registry,
      },
    },
  });
const ON_PUSH = "image_scanning_configuration.scan_on_push";

describeRule(rule("ECR.1"), {
  compliant: [
    { of: "scans on push", resource: repository({ image_scanning_configuration: { scan_on_push: true } }) },
    { of: "scans of the whole registry", resource: scanned("SCAN_ON_PUSH", "*") },
    { of: "continuous scans of its kind", resource: scanned("CONTINUOUS_SCAN", "shop/*") },
    { of: "scans of what its name holds", resource: scanned("SCAN_ON_PUSH", "app") },
    {
      of: "scans of everything, whatever its name",
      resource: scanned("SCAN_ON_PUSH", "*", {}, { name: "${var.n}" }),
    },
  ],
  nonCompliant: [
    { of: "no scans", resource: repository({}), path: ON_PUSH },
    { of: "scans of others", resource: scanned("SCAN_ON_PUSH", "tools/*"), path: ON_PUSH },
    { of: "a registry without rules", resource: scanned("SCAN_ON_PUSH", "*", { rule: [] }), path: ON_PUSH },
    {
      of: "a registry's rule without filters",
      resource: scanned("SCAN_ON_PUSH", "*", { rule: [{ scan_frequency: "SCAN_ON_PUSH" }] }),
      path: ON_PUSH,
    },
    { of: "scans by hand", resource: scanned("MANUAL", "*"), path: ON_PUSH },
    {
      of: "scans in another region",
      resource: scanned("SCAN_ON_PUSH", "*", { provider: "aws.elsewhere" }),
      rest: {
        provider: {
          aws: [
            { region: "eu-west-1", allowed_account_ids: ["123456789012"] },
            { alias: "elsewhere", region: "eu-central-1", allowed_account_ids: ["123456789012"] },
          ],
        },
      },
      path: ON_PUSH,
    },
  ],
  unknown: [
    {
      of: "a switch by a variable",
      resource: repository({ image_scanning_configuration: { scan_on_push: "${var.scan}" } }),
    },
    { of: "a filter by a variable", resource: scanned("SCAN_ON_PUSH", "${var.filter}") },
    { of: "scans that may not be there", resource: scanned("SCAN_ON_PUSH", "*", { count: "${var.count}" }) },
  ],
});

describeRule(rule("ECR.2"), {
  compliant: [{ of: "tags that stay", resource: repository({ image_tag_mutability: "IMMUTABLE" }) }],
  nonCompliant: [
    { of: "the default", resource: repository({}), path: "image_tag_mutability" },
    {
      of: "tags of which some move",
      resource: repository({ image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION" }),
      path: "image_tag_mutability",
    },
  ],
  unknown: [{ of: "a mode by a variable", resource: repository({ image_tag_mutability: "${var.mode}" }) }],
});

const policy = (of: string) =>
  repository({}, { aws_ecr_lifecycle_policy: { p: { repository: of, policy: "{}" } } });

describeRule(rule("ECR.3"), {
  compliant: [
    { of: "a policy by reference", resource: policy("${aws_ecr_repository.app.id}") },
    { of: "a policy by name", resource: policy("${aws_ecr_repository.app.name}") },
  ],
  nonCompliant: [
    { of: "no policy", resource: repository({}), path: "" },
    { of: "a policy of another", resource: policy("tools/app"), path: "" },
  ],
  unknown: [{ of: "a policy of nobody knows which", resource: policy("${var.repository}") }],
});
