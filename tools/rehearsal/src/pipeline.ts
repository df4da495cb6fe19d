import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";

/** A CodeBuild project as it was synthesized. */
export interface BuildProject {
  /** Its id in the JSON, e.g. `Home_Verify_0A1B2C3D`. */
  readonly id: string;
  readonly name: string;
  readonly buildSpec: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The id of its role in the JSON. */
  readonly role: string;
  readonly logGroup: string | undefined;
  readonly privileged: boolean;
}

/** An action of a stage. */
export interface Action {
  readonly stage: string;
  readonly name: string;
  readonly category: string;
  readonly provider: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly namespace: string | undefined;
  readonly configuration: Readonly<Record<string, string>>;
  /** Of an action that builds. */
  readonly project: BuildProject | undefined;
}

/** A pipeline as it was synthesized. */
export interface Pipeline {
  /** The instance that makes it, e.g. `local-delivery-eu-west-1`. */
  readonly instance: string;
  readonly name: string;
  readonly region: string;
  /** In the order in which they run: by stage, then by run order. */
  readonly actions: readonly Action[];
}

interface Json {
  readonly resource?: {
    readonly aws_codepipeline?: Readonly<Record<string, PipelineJson>>;
    readonly aws_codebuild_project?: Readonly<Record<string, ProjectJson>>;
    readonly aws_cloudwatch_log_group?: Readonly<Record<string, { readonly name: string }>>;
  };
}

interface PipelineJson {
  readonly name: string;
  readonly stage: readonly { readonly name: string; readonly action: readonly ActionJson[] }[];
}

interface ActionJson {
  readonly name: string;
  readonly category: string;
  readonly provider: string;
  readonly run_order?: number;
  readonly namespace?: string;
  readonly input_artifacts?: readonly string[];
  readonly output_artifacts?: readonly string[];
  readonly configuration?: Readonly<Record<string, string>>;
}

/** cdktf writes a block as an object, or as a list of one. */
type Block<Of> = Of | readonly Of[];

interface ProjectJson {
  readonly name: string;
  readonly service_role: string;
  readonly source: Block<{ readonly buildspec?: string }>;
  readonly environment: Block<{
    readonly privileged_mode?: boolean;
    readonly environment_variable?: readonly {
      readonly name: string;
      readonly value: string;
      readonly type?: string;
    }[];
  }>;
  readonly logs_config?: Block<{ readonly cloudwatch_logs?: Block<{ readonly group_name?: string }> }>;
}

const one = <Of>(block: Block<Of> | undefined): Of | undefined =>
  Array.isArray(block) ? (block as readonly Of[])[0] : (block as Of | undefined);

/**
 * Finds the pipeline of a synthesized zone.
 *
 * @param folder an output folder of the synthesizer
 * @throws LandfallError where the zone has none, or one that can't be read
 */
export function readPipeline(folder: string, zone: string): Pipeline {
  for (const instance of readdirSync(join(folder, "stacks")).sort()) {
    const { resource = {} } = JSON.parse(
      readFileSync(join(folder, "stacks", instance, "cdk.tf.json"), "utf8"),
    ) as Json;
    const [found] = Object.values(resource.aws_codepipeline ?? {});
    if (found !== undefined) return pipelineOf(instance, regionOf(folder, instance), found, resource);
  }
  throw new LandfallError(
    `The zone ${zone} has no pipeline: give it a section 'delivery' in libs/zones/${zone}/zone.ts`,
  );
}

const regionOf = (folder: string, instance: string): string => {
  const { instances } = JSON.parse(readFileSync(join(folder, "zone.json"), "utf8")) as {
    readonly instances: readonly { readonly name: string; readonly region: string }[];
  };
  return instances.find(({ name }) => name === instance)?.region ?? "";
};

function pipelineOf(
  instance: string,
  region: string,
  { name, stage }: PipelineJson,
  resource: NonNullable<Json["resource"]>,
): Pipeline {
  const actions = stage.flatMap((each) =>
    each.action
      .toSorted((a, b) => (a.run_order ?? 1) - (b.run_order ?? 1))
      .map((action): Action => {
        const { configuration = {} } = action;
        const project = configuration.ProjectName;
        return {
          stage: each.name,
          name: action.name,
          category: action.category,
          provider: action.provider,
          inputs: action.input_artifacts ?? [],
          outputs: action.output_artifacts ?? [],
          namespace: action.namespace,
          configuration,
          project: project === undefined ? undefined : projectOf(project, resource),
        };
      }),
  );
  return { instance, name, region, actions };
}

/** @param reference e.g. `${aws_codebuild_project.Verify.name}`, or the name itself */
function projectOf(reference: string, resource: NonNullable<Json["resource"]>): BuildProject {
  const projects = resource.aws_codebuild_project ?? {};
  const id =
    /^\$\{aws_codebuild_project\.([\w-]+)\.(?:name|id)\}$/.exec(reference)?.[1] ??
    Object.keys(projects).find((each) => projects[each]?.name === reference);
  const json = id === undefined ? undefined : projects[id];
  if (id === undefined || json === undefined) {
    throw new LandfallError(`'ProjectName' must be a project of the same stack, got: ${reference}`);
  }
  const environment = one(json.environment);
  const written = one(one(json.logs_config)?.cloudwatch_logs)?.group_name;
  const group = /^\$\{aws_cloudwatch_log_group\.([\w-]+)\.name\}$/.exec(written ?? "")?.[1] ?? written;
  const variables = environment?.environment_variable ?? [];
  return {
    id,
    name: json.name,
    buildSpec: one(json.source)?.buildspec ?? "",
    environment: Object.fromEntries(
      variables
        .filter(({ type = "PLAINTEXT", value }) => type === "PLAINTEXT" && !value.includes("${"))
        .map((variable) => [variable.name, variable.value]),
    ),
    role: /^\$\{aws_iam_role\.([\w-]+)\.arn\}$/.exec(json.service_role)?.[1] ?? "",
    logGroup: group === undefined ? undefined : (resource.aws_cloudwatch_log_group?.[group]?.name ?? written),
    privileged: environment?.privileged_mode ?? false,
  };
}
