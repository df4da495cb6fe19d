import { type Mutation } from "../mutation";

const ACCOUNT = "123456789012";
const PROJECT_TYPE = "aws_codebuild_project";

const PROJECT = {
  [PROJECT_TYPE]: {
    Added: {
      name: "added",
      service_role: `arn:aws:iam::${ACCOUNT}:role/build`,
      artifacts: { type: "NO_ARTIFACTS" },
      source: { type: "BITBUCKET", location: "https://bitbucket.org/example/added.git" },
      environment: {
        compute_type: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/amazonlinux2-aarch64-standard:3.0",
        type: "ARM_CONTAINER",
        environment_variable: [{ name: "AWS_ACCESS_KEY_ID", type: "PARAMETER_STORE", value: "/build/key" }],
      },
      logs_config: {
        cloudwatch_logs: { status: "ENABLED", group_name: "added" },
        s3_logs: { status: "ENABLED", location: "example/logs", encryption_disabled: false },
      },
    },
  },
};

const REPORTS = {
  aws_codebuild_report_group: {
    Added: {
      name: "added",
      type: "TEST",
      export_config: {
        type: "S3",
        s3_destination: {
          bucket: "example",
          encryption_key: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/aws/s3`,
          encryption_disabled: false,
        },
      },
    },
  },
};

const REPOSITORY = {
  aws_ecr_repository: {
    Added: {
      name: "added",
      image_scanning_configuration: { scan_on_push: true },
      image_tag_mutability: "IMMUTABLE",
    },
  },
  aws_ecr_lifecycle_policy: {
    Added: {
      repository: "${aws_ecr_repository.Added.name}",
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 5 },
            action: { type: "expire" },
          },
        ],
      }),
    },
  },
};

/** How the controls of CodeBuild, ECR and ACM are broken. */
export const deliveryMutations: readonly Mutation[] = [
  {
    control: "CodeBuild.1",
    mutation: "a sign-in is in the URL of a project's repository",
    at: PROJECT_TYPE,
    add: PROJECT,
    change: (zone) =>
      zone.set(PROJECT_TYPE, "source.location", "https://user:password@bitbucket.org/example/added.git"),
  },
  {
    control: "CodeBuild.2",
    mutation: "an access key is in a project's environment as it is",
    at: PROJECT_TYPE,
    add: PROJECT,
    change: (zone) => zone.set(PROJECT_TYPE, "environment.environment_variable.0.type", "PLAINTEXT"),
  },
  {
    control: "CodeBuild.3",
    mutation: "a project's logs in a bucket are not encrypted",
    at: PROJECT_TYPE,
    add: PROJECT,
    change: (zone) => zone.set(PROJECT_TYPE, "logs_config.s3_logs.encryption_disabled", true),
  },
  {
    control: "CodeBuild.4",
    mutation: "a project logs nowhere",
    at: PROJECT_TYPE,
    add: PROJECT,
    change: (zone) => {
      zone.set(PROJECT_TYPE, "logs_config.cloudwatch_logs.status", "DISABLED");
      zone.set(PROJECT_TYPE, "logs_config.s3_logs.status", "DISABLED");
    },
  },
  {
    control: "CodeBuild.7",
    mutation: "a report group's exports are not encrypted",
    at: "aws_codebuild_report_group",
    add: REPORTS,
    change: (zone) =>
      zone.set("aws_codebuild_report_group", "export_config.s3_destination.encryption_disabled", true),
  },
  {
    control: "ECR.1",
    mutation: "a repository's images are not scanned",
    at: "aws_ecr_repository",
    add: REPOSITORY,
    change: (zone) => zone.set("aws_ecr_repository", "image_scanning_configuration.scan_on_push", false),
  },
  {
    control: "ECR.2",
    mutation: "a repository's tags can be moved",
    at: "aws_ecr_repository",
    add: REPOSITORY,
    change: (zone) => zone.set("aws_ecr_repository", "image_tag_mutability", "MUTABLE"),
  },
  {
    control: "ECR.3",
    mutation: "a repository keeps every image",
    at: "aws_ecr_repository",
    add: REPOSITORY,
    change: (zone) => zone.remove("aws_ecr_lifecycle_policy"),
  },
  {
    control: "ACM.2",
    mutation: "a certificate has an RSA key of 1024 bits",
    at: "aws_acm_certificate",
    add: {
      aws_acm_certificate: {
        Added: { domain_name: "added.example.com", validation_method: "DNS", key_algorithm: "RSA_2048" },
      },
    },
    change: (zone) => zone.set("aws_acm_certificate", "key_algorithm", "RSA_1024"),
  },
  {
    control: "Route53.2",
    mutation: "a public zone's queries are not logged",
    at: "aws_route53_zone",
    change: (zone) => zone.remove("aws_route53_query_log"),
  },
];
