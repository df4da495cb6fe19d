/** What a build hands on, and what it may use of others. */
export interface BuildSpecOptions {
  /**
   * The folder, from the source's root, e.g. `dist/delivery/verified`: all below it is the artifact.
   *
   * @default nothing is handed on
   */
  readonly folder?: string;
  /**
   * Shell variables that later actions of the pipeline may show, by the file that holds their value in one line.
   *
   * @default none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether Nx uses the remote cache of the project, see `remoteCache` of `BuildProject`. @default false */
  readonly cached?: boolean;
}

/** The Terraform that builds run, where their image has none. */
const TERRAFORM = "1.11.4";

/** Runs what follows with Nx's remote cache, in the bucket that the project names. */
const REMOTE_CACHE = "node tools/run.mjs remote-cache -- ";

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
export function buildSpec(
  command: string,
  { folder, variables: files = {}, cached = false }: BuildSpecOptions = {},
): string {
  const variables = Object.entries(files);
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
            `${cached ? REMOTE_CACHE : ""}node tools/run.mjs delivery ${command}`,
            ...variables.map(([name, file]) => `export ${name}="$(head -c ${SUMMARY_LIMIT} ${file})"`),
          ],
        },
      },
      ...(folder === undefined ? {} : { artifacts: { files: ["**/*"], "base-directory": folder } }),
    },
    undefined,
    2,
  );
}
