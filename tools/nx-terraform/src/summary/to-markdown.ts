import type { ChangeSummary, PlanSummary, ZoneSummary } from "./plan-summary";
import {
  attributesText,
  becauseText,
  bounded,
  code,
  countsText,
  DONE,
  priceText,
  printable,
  row,
} from "./words";

/**
 * The most characters of a comment on a pull request.
 * @see https://docs.github.com/en/rest/issues/comments
 */
export const COMMENT_LIMIT = 65_536;

/**
 * The most characters of a manual approval's comment for its approvers.
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ApprovalManual.html
 */
export const BRIEF_LIMIT = 1_000;

/** A resource with the instance that it is in. */
interface Located {
  readonly instance: string;
  readonly change: ChangeSummary;
}

/**
 * A zone's plans in Markdown (GitHub's), for those who approve them: what is lost first and loud, then each instance.
 *
 * @param limit the most characters; what doesn't fit is counted
 */
export function toMarkdown(summary: ZoneSummary, limit = COMMENT_LIMIT): string {
  const { zone, plans, unchanged, counts } = summary;
  const lost = lossesOf(summary);
  const lines = [
    `## Plan of zone ${zone}: ${plans.length === 0 ? "no changes" : countsText(counts)}`,
    ...(lost.length === 0 ? [] : lossTable(lost)),
    ...plans.flatMap(planTable),
    ...(unchanged.length === 0 ? [] : ["", `Unchanged: ${unchanged.join(", ")}`]),
  ];
  return bounded(lines, limit, (left) => `\n… and ${left} more lines, which do not fit here`);
}

/**
 * A zone's plans in a few plain lines, for the notice to an approver: what is lost, then what is destroyed or replaced.
 *
 * @param limit the most characters; what doesn't fit is counted
 */
export function toBrief(summary: ZoneSummary, limit = BRIEF_LIMIT): string {
  const { zone, plans, counts } = summary;
  const all = plans.flatMap(located);
  const rest = all.filter(({ change }) => change.loses === undefined);
  const of = (...actions: ChangeSummary["action"][]) =>
    rest.filter(({ change }) => actions.includes(change.action));
  const lines = [
    `${zone}: ${plans.length === 0 ? "no changes" : countsText(counts)}`,
    ...(counts.statefulLost > 0 ? [`STATEFUL RESOURCES THAT ARE LOST: ${counts.statefulLost}`] : []),
    ...[
      ...lossesOf(summary),
      ...of("delete", "replace", "forget"),
      ...of("update", "create", "import", "move"),
    ].map(({ instance, change }) => {
      const { address, action, loses } = change;
      return printable(
        `${loses === undefined ? "" : "LOST "}${instance} ${address} ${DONE[action]}${loses === undefined ? "" : `: ${loses}`}`,
      );
    }),
  ];
  return bounded(lines, limit, (left) => `… and ${left} more`);
}

const located = ({ instance, changes }: PlanSummary): Located[] =>
  changes.map((change) => ({ instance, change }));

const lossesOf = ({ plans }: ZoneSummary): Located[] =>
  plans.flatMap(located).filter(({ change }) => change.loses !== undefined);

const lossTable = (lost: readonly Located[]): string[] => [
  "",
  "> [!CAUTION]",
  `> **${lost.length === 1 ? "1 stateful resource is" : `${lost.length} stateful resources are`} lost**`,
  "",
  "| lost | instance | resource | with it goes | why |",
  "| --- | --- | --- | --- | --- |",
  ...lost.map(({ instance, change }) =>
    row(
      `**${DONE[change.action]}**`,
      code(instance),
      code(change.address),
      change.loses ?? "",
      becauseText(change, code),
    ),
  ),
];

const planTable = ({ instance, changes, counts }: PlanSummary): string[] => [
  "",
  `### ${instance}: ${countsText(counts)}`,
  "",
  "| | resource | what |",
  "| --- | --- | --- |",
  ...changes.map((change) => row(DONE[change.action], code(change.address), detailOf(change))),
];

function detailOf(change: ChangeSummary): string {
  const { loses, price, attributes } = change;
  return [
    ...(loses === undefined ? [] : [`**loses ${loses}**`]),
    becauseText(change, code),
    attributesText(attributes, code),
    ...(price === undefined ? [] : [`[$ ${priceText(price)}](${price.source})`]),
  ]
    .filter((text) => text !== "")
    .join("; ");
}
