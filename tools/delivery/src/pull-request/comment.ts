/** Tells our comment from all others, so that a later run renews it instead of adding one. Markdown does not show it. */
export const MARKER = "<!-- landfall: plan of this pull request -->";

/** The most characters of a comment; CodeCommit takes fewer than GitHub. */
export const COMMENT_LIMITS = { github: 65_536, codeCommit: 10_240 } as const;

/** What a pull request would do to one zone. */
export interface PlannedZone {
  readonly zone: string;
  /** Markdown. */
  readonly summary: string;
}

/**
 * The comment on a pull request: each zone's plan, of which each gets an equal share of the characters.
 *
 * @param limit the most characters
 */
export function commentOf(
  zones: readonly PlannedZone[],
  revision: string | undefined,
  limit: number,
): string {
  const head = `${MARKER}\nPlanned ${revision === undefined ? "this source" : `\`${revision.slice(0, 12)}\``}; nothing was applied.`;
  const share = Math.floor((limit - head.length) / Math.max(zones.length, 1)) - 2;
  return [head, ...zones.map(({ zone, summary }) => bounded(summary.trim(), share, zone))].join("\n\n");
}

function bounded(text: string, most: number, zone: string): string {
  if (text.length <= most) return text;
  const note = `\n\n… the rest is in the build's dist/plans/${zone}/summary.md`;
  return `${text.slice(0, text.lastIndexOf("\n", most - note.length))}${note}`;
}
