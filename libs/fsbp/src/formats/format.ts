import { type SourceLines } from "../engine/judge";
import { type Report } from "../engine/finding";
import { type Control, CONTROLS } from "../controls";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { table } from "./table";

export interface FormatOptions {
  /** What was judged, as it was named: a folder or a file. It stands for the place of what has no line. */
  readonly input: string;
  /** The controls that were judged. @default every control of the standard */
  readonly controls?: readonly Control[];
  /** The lines of what is compliant too, for `markdown`. @default no line is known */
  readonly sourceLines?: SourceLines;
  /** Where the input declares a resource, e.g. `cdktf.out/stacks/app/cdk.tf.json:20`, for `sarif`. @default nowhere */
  readonly declaredAt?: (stack: string, address: string) => string | undefined;
  /** The tests that show a control, or a file, to hold, for `markdown`. @default none */
  readonly testsOf?: (controlOrFile: string) => readonly string[];
}

/** What a format is given: every option has its value. */
export type Rendering = Required<FormatOptions>;

const FORMATS: Readonly<Record<string, (report: Report, options: Rendering) => string>> = {
  table,
  json,
  sarif,
  junit,
  markdown,
};

/** The names of the formats. */
export const FORMAT_NAMES: readonly string[] = Object.keys(FORMATS);

/**
 * A report as text that ends in a line's end.
 *
 * @param format one of {@link FORMAT_NAMES}
 * @throws Error for another one
 */
export function render(report: Report, format: string, options: FormatOptions): string {
  const write = FORMATS[format];
  if (!write) throw new Error(`'format' must be one of ${FORMAT_NAMES.join(", ")}, got: ${format}`);
  return write(report, {
    controls: CONTROLS,
    sourceLines: () => [],
    testsOf: () => [],
    declaredAt: () => undefined,
    ...options,
  });
}
