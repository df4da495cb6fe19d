import { LandfallError } from "@landfall/core";
import { parse } from "yaml";
import { z } from "zod";

/** One command, or a list of them: CodeBuild takes both. */
const lines = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

const phase = z.strictObject({
  "on-failure": z.string().optional(),
  "runtime-versions": z.record(z.string(), z.unknown()).optional(),
  commands: lines.prefault([]),
  finally: lines.prefault([]),
});

/** What a rehearsal can play of a buildspec; anything else is refused, not left out. */
const schema = z.strictObject({
  version: z.union([z.literal("0.2"), z.literal(0.2)]),
  env: z
    .strictObject({
      shell: z.literal("bash").optional(),
      variables: z.record(z.string(), z.coerce.string()).prefault({}),
      "exported-variables": z.array(z.string()).prefault([]),
    })
    .prefault({}),
  phases: z.strictObject({
    install: phase.optional(),
    pre_build: phase.optional(),
    build: phase.optional(),
    post_build: phase.optional(),
  }),
  artifacts: z
    .strictObject({
      files: lines,
      "base-directory": z.string().optional(),
      name: z.string().optional(),
    })
    .optional(),
});

export type BuildSpec = z.output<typeof schema>;

export const PHASES = ["install", "pre_build", "build", "post_build"] as const;

/**
 * Reads a buildspec, in YAML or JSON.
 *
 * @param of whose it is, for the message
 * @throws LandfallError naming everything in it that can't be played
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function readBuildSpec(text: string, of: string): BuildSpec {
  const result = schema.safeParse(parseYaml(text, of));
  if (result.success) return result.data;
  throw new LandfallError(
    [
      `The buildspec of ${of} has what a rehearsal can't play:`,
      ...result.error.issues.map(({ path, message }) => `  ${path.join(".") || "(root)"}: ${message}`),
    ].join("\n"),
  );
}

function parseYaml(text: string, of: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new LandfallError(`The buildspec of ${of} is not YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}
