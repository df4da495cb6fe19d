import { CONTROLS } from "@landfall/fsbp";
import { type MutationResult } from "./mutation";

/** The mutations of a zone, with what came of them. */
export interface ZoneMutations {
  /** The zone's name. */
  readonly zone: string;
  readonly results: readonly MutationResult[];
}

const order = new Map(CONTROLS.map(({ id }, index) => [id, index]));

const byControl = (a: MutationResult, b: MutationResult): number =>
  (order.get(a.control) ?? 0) - (order.get(b.control) ?? 0);

const keyOf = ({ control, mutation }: MutationResult): string => `${control} ${mutation}`;

/** A text in a cell of a table, as it is. */
const code = (text: string): string => `\`${text.replaceAll("|", "\\|").replaceAll("`", "'")}\``;

/** Where it was caught, and what was found there. */
function caught({ isCaught, found, at }: MutationResult): string {
  if (!isCaught) return "**no**";
  const [first] = found;
  if (first?.verdict.status !== "non-compliant") return "yes";
  const where = first.location.type === undefined ? "each account" : code(at);
  // The names of resources change with the constructs that make them: they tell nothing here.
  const path = first.verdict.path.replace(/^(aws_\w+)\.[\w-]+/, "$1");
  return `yes, at ${where}${path === "" ? "" : `, ${code(path)}`}: ${code(first.verdict.found)}`;
}

function table(results: readonly MutationResult[]): readonly string[] {
  return [
    "| control | mutation | caught |",
    "| --- | --- | --- |",
    ...[...results]
      .sort(byControl)
      .map((result) =>
        [result.control, `${result.mutation}${result.isAdded ? " (added)" : ""}`, caught(result)].join(" | "),
      )
      .map((cells) => `| ${cells} |`),
  ];
}

const sum = (results: readonly MutationResult[]): string =>
  `${results.filter(({ isCaught }) => isCaught).length} of ${results.length}`;

/**
 * The page of mutations. The first zone is shown whole, the others with what is broken in another way than there: what is the
 * same is counted.
 */
export function mutationsMarkdown(zones: readonly ZoneMutations[]): string {
  const shown = new Set<string>();
  const sections = zones.flatMap(({ zone, results }) => {
    const own = results.filter((each) => !shown.has(keyOf(each)));
    const same = results.filter((each) => shown.has(keyOf(each)));
    for (const each of results) shown.add(keyOf(each));
    const controls = new Set(results.map(({ control }) => control)).size;
    const counted = same.length === 0 ? "" : ` Of these, ${sum(same)} are the same as above.`;
    return [
      `## Zone ${zone}`,
      "",
      `Caught: ${sum(results)} mutations, for ${controls} controls.${counted}`,
      "",
      ...table(own),
      "",
    ];
  });
  return [
    "# Mutations of the controls",
    "",
    "<!-- Generated: change the code, then generate it again. -->",
    "",
    "Each control that code decides is broken in a copy of a zone that passes, in the way that the control forbids, and must",
    "then be reported at the resource that is broken, and nowhere else. Where the zone has nothing that a control is about, a",
    "resource that passes is added first, judged alone, and then broken: those are marked as added.",
    "",
    ...sections,
  ]
    .join("\n")
    .replace(/\n+$/, "\n");
}
