export { combine } from "./combine";
export type { PlanJson } from "./plan-json";
export { readPlan } from "./read-plan";
export type { ChangeSummary, PlanSummary, SummaryCounts, SummaryOf, ZoneSummary } from "./plan-summary";
export { summarize } from "./summarize";
export { BRIEF_LIMIT, COMMENT_LIMIT, toBrief, toMarkdown } from "./to-markdown";
export { toTable } from "./to-table";
export { writeZoneSummary } from "./zone-files";
