import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LandfallError } from "@landfall/core";
import { AUDIT, type PlanManifest, planArtifact } from "@landfall/delivery-stages";
import { emulatorEnvironment, type Environment } from "@landfall/local";
import { type Zone } from "@landfall/permissions";
import { unzipSync } from "fflate";
import { type Approve } from "./approval";
import { unzipArtifact, zipArtifact } from "./artifacts";
import { type Install, runBuild } from "./build";
import { readBuildSpec } from "./build-spec";
import { linkPackages } from "./packages";
import { type Action, type BuildProject, type Pipeline } from "./pipeline";
import { simulateCalls } from "./role-calls";
import { type Span, spanOf } from "./span";
import { carryStates } from "./states";
import { type Store } from "./store";
import { resolveVariables } from "./variables";

export interface RehearsalProps {
  readonly root: string;
  readonly zone: string;
  readonly pipeline: Pipeline;
  /** The zone's permissions as they are synthesized. */
  readonly permissions: Zone;
  /** The commit that is rehearsed. */
  readonly revision: string;
  /** The artifact of the source stage. */
  readonly source: Uint8Array;
  readonly emulator: { readonly env: Environment };
  readonly install: Install;
  readonly approve: Approve;
  readonly store: Store;
  readonly say: (line: string) => void;
}

/** Where an emulator is announced to the runner, in each workspace. */
const ANNOUNCEMENT = join("dist", "local", "emulator.json");

/** Runs a synthesized pipeline on this machine, action by action. */
export class Rehearsal {
  constructor(private readonly props: RehearsalProps) {}

  /**
   * Runs the actions of one execution.
   *
   * @throws LandfallError at the first action that fails, as the pipeline would stop
   */
  async execute(span: Span): Promise<void> {
    for (const action of spanOf(this.props.pipeline.actions, span)) await this.act(action);
  }

  /** The stacks that the last plan of the zone has left for the next execution. */
  waiting(): PlanManifest["stacks"]["waiting"] {
    const zip = unzipSync(this.props.store.take(planArtifact(this.props.zone)));
    const text = Buffer.from(zip["manifest.json"] ?? []).toString();
    return (JSON.parse(text) as PlanManifest).stacks.waiting;
  }

  private async act(action: Action): Promise<void> {
    const { say, store, source } = this.props;
    const from = performance.now();
    const end = (what: string): void => say(`  ${what}  ${((performance.now() - from) / 1000).toFixed(1)} s`);
    say(`\n${action.stage} / ${action.name}  (${action.provider})`);
    if (action.category === "Source") {
      for (const output of action.outputs) store.put(output, source);
      end(`${this.props.revision.slice(0, 12)}, handed on as ${action.outputs.join(", ")}`);
    } else if (action.category === "Approval") {
      await this.ask(action);
    } else if (action.project !== undefined) {
      await this.build(action, action.project);
      end(`succeeded${action.outputs.length > 0 ? `, handed on: ${action.outputs.join(", ")}` : ""}`);
    } else {
      say(`  not rehearsed: nothing here plays ${action.provider}`);
    }
  }

  private async ask({ stage, name, configuration }: Action): Promise<void> {
    const { say, store, approve } = this.props;
    const data = resolveVariables(configuration.CustomData ?? "", store.variables);
    for (const line of data.trim().split("\n")) say(`  | ${line}`);
    if (!(await approve(`  Approve ${stage}`))) {
      throw new LandfallError(`${stage}/${name} is rejected: nothing after it was run`);
    }
    say("  approved");
  }

  private async build(action: Action, project: BuildProject): Promise<void> {
    const { root, zone, store, say, emulator, install, pipeline, revision } = this.props;
    await this.simulate(action);
    const spec = readBuildSpec(project.buildSpec, project.name);
    const scratch = mkdtempSync(join(tmpdir(), "landfall-rehearsal-"));
    const { primary, env } = this.unpackInputs(action, scratch);
    try {
      if (install === "link") linkPackages(root, primary);
      mkdirSync(join(primary, dirname(ANNOUNCEMENT)), { recursive: true });
      cpSync(join(root, ANNOUNCEMENT), join(primary, ANNOUNCEMENT));
      carryStates(root, primary, zone);
      const overrides = this.environmentOf(action);
      const { code, variables } = await runBuild({
        spec,
        folder: primary,
        scratch,
        install,
        log: store.log(action.stage, action.name),
        say: (line) => say(`  | ${line}`),
        env: {
          ...cleanEnvironment(emulator),
          // Nobody's registry is asked to audit a rehearsal's packages where it can't.
          [AUDIT]: "if-possible",
          ...codeBuildVariables(pipeline, project, revision, primary),
          ...env,
          ...project.environment,
          ...overrides,
        },
      });
      carryStates(primary, root, zone);
      if (code !== 0) {
        throw new LandfallError(
          `${action.stage}/${action.name} failed: see above, or ${store.log(action.stage, action.name)}`,
        );
      }
      if (action.namespace !== undefined) store.export(action.namespace, variables);
      for (const output of action.outputs) {
        if (spec.artifacts === undefined) {
          throw new LandfallError(
            `The buildspec of ${project.name} must have 'artifacts' to hand on ${output}`,
          );
        }
        store.put(output, zipArtifact(primary, spec.artifacts));
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  /** The first input, or the one that is named primary, is where the commands run; the others lie beside it. */
  private unpackInputs(
    { inputs, configuration }: Action,
    scratch: string,
  ): { readonly primary: string; readonly env: Record<string, string> } {
    const main = configuration.PrimarySource ?? inputs[0] ?? "";
    const env: Record<string, string> = {};
    for (const input of inputs) {
      const folder = join(scratch, "inputs", input);
      unzipArtifact(this.props.store.take(input), folder);
      if (input !== main) env[`CODEBUILD_SRC_DIR_${input}`] = folder;
    }
    return { primary: join(scratch, "inputs", main), env };
  }

  /** What the action itself sets, with the variables of earlier actions. */
  private environmentOf({ configuration }: Action): Record<string, string> {
    const given = JSON.parse(configuration.EnvironmentVariables ?? "[]") as { name: string; value: string }[];
    const { variables } = this.props.store;
    return Object.fromEntries(given.map(({ name, value }) => [name, resolveVariables(value, variables)]));
  }

  private async simulate(action: Action): Promise<void> {
    const { permissions, pipeline, say } = this.props;
    const { role, calls, wrong } = await simulateCalls(permissions, pipeline, action);
    if (wrong.length > 0) {
      throw new LandfallError(
        [`${action.stage}/${action.name} would be refused by AWS:`, ...wrong].join("\n  "),
      );
    }
    say(`  role ${role}: ${calls} calls simulated, all as they must be`);
  }
}

/** What a build has of this machine: where programs and caches are, and nothing of the user's AWS settings. */
function cleanEnvironment(emulator: { readonly env: Environment }): Record<string, string> {
  const kept = [
    "PATH",
    "HOME",
    "LANG",
    "TMPDIR",
    "LANDFALL_TERRAFORM",
    "LANDFALL_VERIFY_SKIP",
    "NODE_EXTRA_CA_CERTS",
  ];
  const base = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => kept.includes(name) || /^(npm_config_|https_proxy)/i.test(name),
    ),
  );
  return emulatorEnvironment(emulator, base);
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
const codeBuildVariables = (
  pipeline: Pipeline,
  project: BuildProject,
  revision: string,
  folder: string,
): Record<string, string> => ({
  CODEBUILD_BUILD_ID: `${project.name}:rehearsal`,
  CODEBUILD_INITIATOR: `codepipeline/${pipeline.name}`,
  CODEBUILD_RESOLVED_SOURCE_VERSION: revision,
  CODEBUILD_SRC_DIR: folder,
});
