/** What a build hands on. */
export interface BuildOutput {
  /** The folder, from the source's root, e.g. `dist/delivery/verified`: all below it is the artifact. */
  readonly folder: string;
  /** Shell variables that later actions of the pipeline may show, by the file that holds their value in one line. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The Terraform that builds run, where their image has none. */
const TERRAFORM = "1.11.4";

/** The longest text that an approval shows, in characters. @see CustomData in the action reference of CodePipeline */
export const SUMMARY_LIMIT = 1000;

/**
 * CodeBuild's image has Node.js but no Terraform. HashiCorp's packages are signed, and the package manager checks that.
 *
 * @see https://developer.hashicorp.com/terraform/install
 */
const INSTALL_TERRAFORM = [
  "command -v terraform || command -v tofu || (yum install -y yum-utils",
  "yum-config-manager --add-repo https://rpm.releases.hashicorp.com/AmazonLinux/hashicorp.repo",
  `yum install -y terraform-${TERRAFORM})`,
].join(" && ");

/**
 * The buildspec of a stage: it installs what the lock file names and runs one command of `tools/delivery`, so that a
 * laptop runs the same. It is JSON, which every reader of YAML takes.
 *
 * @param command what comes after `delivery`, e.g. `plan --zone sandbox`
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpec(command: string, output?: BuildOutput): string {
  const variables = Object.entries(output?.variables ?? {});
  return JSON.stringify(
    {
      version: "0.2",
      env: {
        shell: "bash",
        variables: { CI: "true", NX_DAEMON: "false", CHECKPOINT_DISABLE: "1" },
        ...(variables.length > 0 ? { "exported-variables": variables.map(([name]) => name) } : {}),
      },
      phases: {
        install: {
          "on-failure": "ABORT",
          "runtime-versions": { nodejs: "22" },
          commands: [INSTALL_TERRAFORM, "npm ci"],
        },
        build: {
          "on-failure": "ABORT",
          commands: [
            `node tools/run.mjs delivery ${command}`,
            ...variables.map(([name, file]) => `export ${name}="$(head -c ${SUMMARY_LIMIT} ${file})"`),
          ],
        },
      },
      ...(output ? { artifacts: { files: ["**/*"], "base-directory": output.folder } } : {}),
    },
    undefined,
    2,
  );
}
