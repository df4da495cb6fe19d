import { mustBeOneOf, mustBeTrue } from "../expect";
import { matches } from "../public-access";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { anyBlock, anyCompanion, ofCompanion } from "./companions";

const REPOSITORY = ["aws_ecr_repository"];

/** Whether a filter of the registry takes in a repository: without a wildcard it matches a part of the name. */
function takesIn(filter: View, repository: Subject): Verdict {
  const path = filter.at("filter");
  const pattern = filter.value("filter");
  const name = repository.value("name");
  if (pattern === "*") return COMPLIANT;
  if (typeof pattern !== "string" || typeof name !== "string") {
    return unknown(path, "whether the filter matches the repository is not known before the apply");
  }
  return matches(pattern.includes("*") ? pattern : `*${pattern}*`, name)
    ? COMPLIANT
    : nonCompliant(path, pattern, `a filter that matches ${name}`);
}

/** Whether the registry of the account and region scans a repository by one of its rules. */
function scannedByRegistry(repository: Subject, subjects: Subjects): Verdict {
  const { account, region } = repository.resource;
  const registries = subjects
    .ofType("aws_ecr_registry_scanning_configuration")
    .filter(({ resource }) => resource.account === account && resource.region === region);
  return any(
    ...registries.map((registry) =>
      ofCompanion(
        registry,
        anyBlock(
          registry,
          "rule",
          (rule) => {
            const scans = mustBeOneOf(rule, "scan_frequency", ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"]);
            return scans.status === "compliant"
              ? anyBlock(rule, "repository_filter", (filter) => takesIn(filter, repository), NOT_APPLICABLE)
              : scans;
          },
          NOT_APPLICABLE,
        ),
      ),
    ),
  );
}

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html */
export const ecrRules: readonly ResourceRule[] = [
  /** ECR.1: images are scanned, by the repository's own setting or by the registry's. */
  {
    control: "ECR.1",
    types: REPOSITORY,
    judge: (repository, subjects) =>
      any(
        mustBeTrue(repository, "image_scanning_configuration.scan_on_push"),
        scannedByRegistry(repository, subjects),
      ),
  },
  /** ECR.2: a tag stays with its image. */
  {
    control: "ECR.2",
    types: REPOSITORY,
    judge: (repository) => mustBeOneOf(repository, "image_tag_mutability", ["IMMUTABLE"], "MUTABLE"),
  },
  /** ECR.3: images that are no longer needed go. */
  {
    control: "ECR.3",
    types: REPOSITORY,
    judge: (repository) =>
      anyCompanion(
        repository.related("aws_ecr_lifecycle_policy", "repository", ["name"]),
        () => COMPLIANT,
        nonCompliant("", "no aws_ecr_lifecycle_policy", "one for the repository"),
      ),
  },
];
