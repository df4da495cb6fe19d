import { type BatchBuildSpec } from "./build-spec";

/**
 * What runs at the same time, wave after wave, if all builds took equally long.
 *
 * @throws Error when builds wait for each other in a circle, or for one that is not in the batch: CodeBuild would refuse it
 */
export function wavesOf({ batch }: BatchBuildSpec): readonly (readonly string[])[] {
  const waves: string[][] = [];
  const done = new Set<string>();
  let left = batch["build-graph"];
  while (left.length > 0) {
    const wave = left.filter((build) => (build["depend-on"] ?? []).every((before) => done.has(before)));
    if (wave.length === 0) {
      throw new Error(`no build can start: ${left.map(({ identifier }) => identifier).join(", ")}`);
    }
    for (const { identifier } of wave) done.add(identifier);
    waves.push(wave.map(({ identifier }) => identifier));
    left = left.filter(({ identifier }) => !done.has(identifier));
  }
  return waves;
}
