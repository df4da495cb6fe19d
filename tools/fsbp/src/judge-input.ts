import {
  type Control,
  type Input,
  judgeStandard,
  type JudgeOptions,
  load,
  type Report,
} from "@landfall/fsbp";
import { declarationsIn } from "@landfall/terraform-graph";
import { zoneFolder, type ZoneFolder } from "./zone-folder";

export interface JudgeInputOptions extends Pick<JudgeOptions, "onRule"> {
  /** The controls to judge. @default every one */
  readonly controls?: readonly Control[];
  /** Whether the input is all that is managed in its accounts. @default what the folder says of itself, else false */
  readonly isWhole?: boolean;
  /** Called once it is known how much there is to judge. @default nobody listens */
  readonly onLoad?: (resources: number) => void;
}

export interface Judged {
  readonly report: Report;
  readonly zone: ZoneFolder | undefined;
  /** The files of each stack, by its name. */
  readonly files: Input["files"];
}

/**
 * Judges a folder or a file; a folder of the synthesizer with its lines of source and by its zone's own data.
 *
 * @throws LandfallError in one line when it can't be judged
 */
export function judgeInput(path: string, options: JudgeInputOptions = {}): Judged {
  const zone = zoneFolder(path);
  const input: Input = zone?.isEmpty === true ? NOTHING : load(path);
  const declared = declaredTypes(input);
  options.onLoad?.([...declared.values()].reduce((sum, count) => sum + count, 0));
  const report = judgeStandard(input, {
    isWhole: (options.isWhole ?? false) || (zone?.isWhole ?? false),
    ...(options.controls === undefined ? {} : { controls: new Set(options.controls.map(({ id }) => id)) }),
    ...(zone === undefined ? {} : { sourceLines: zone.sourceLines, accepted: zone.accepted }),
    ...(options.onRule === undefined ? {} : { onRule: options.onRule }),
  });
  return {
    report: { ...report, warnings: [...input.warnings, ...strangers(declared), ...report.warnings] },
    zone,
    files: input.files,
  };
}

const NOTHING: Input = { stacks: {}, files: {}, warnings: ["the zone has no instance of this stack"] };

/** How many resources there are of each type. */
function declaredTypes({ stacks }: Input): ReadonlyMap<string, number> {
  const types = new Map<string, number>();
  for (const [stack, json] of Object.entries(stacks)) {
    for (const { type } of declarationsIn(stack, json)) {
      if (!type.startsWith("data.")) types.set(type, (types.get(type) ?? 0) + 1);
    }
  }
  return types;
}

const MOST_NAMES = 3;

/** The standard asks nothing of what is not AWS's provider's: that is said, not judged. */
function strangers(types: ReadonlyMap<string, number>): readonly string[] {
  const strange = [...types].filter(([type]) => !type.startsWith("aws_"));
  if (strange.length === 0) return [];
  const count = strange.reduce((sum, [, each]) => sum + each, 0);
  const names = strange.slice(0, MOST_NAMES).map(([type]) => type);
  const more = strange.length > names.length ? ", …" : "";
  return [`${count} resources are not of the provider aws and are not judged: ${names.join(", ")}${more}`];
}
