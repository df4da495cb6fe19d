import type { PlanSummary, SummaryCounts, ZoneSummary } from "./plan-summary";

const NONE: SummaryCounts = { add: 0, change: 0, replace: 0, destroy: 0, statefulLost: 0, monthlyUsd: 0 };

/** Adds counts up. */
export const addCounts = (all: readonly SummaryCounts[]): SummaryCounts =>
  all.reduce(
    (sum, counts) => ({
      add: sum.add + counts.add,
      change: sum.change + counts.change,
      replace: sum.replace + counts.replace,
      destroy: sum.destroy + counts.destroy,
      statefulLost: sum.statefulLost + counts.statefulLost,
      monthlyUsd: Math.round((sum.monthlyUsd + counts.monthlyUsd) * 100) / 100,
    }),
    NONE,
  );

/**
 * The summaries of a zone's instances as one, those that lose most first.
 *
 * @param zone the zone's name
 */
export function combine(zone: string, summaries: readonly PlanSummary[]): ZoneSummary {
  const loss = ({ counts }: PlanSummary) => [
    counts.statefulLost,
    counts.destroy + counts.replace,
    counts.change,
  ];
  const plans = summaries
    .filter(({ changes }) => changes.length > 0)
    .toSorted((a, b) => {
      const [one, other] = [loss(a), loss(b)];
      const differ = one.findIndex((count, index) => count !== other[index]);
      return differ < 0 ? a.instance.localeCompare(b.instance) : (other[differ] ?? 0) - (one[differ] ?? 0);
    });
  const unchanged = summaries
    .filter(({ changes }) => changes.length === 0)
    .map(({ instance }) => instance)
    .sort();
  return { zone, plans, unchanged, counts: addCounts(plans.map(({ counts }) => counts)) };
}
