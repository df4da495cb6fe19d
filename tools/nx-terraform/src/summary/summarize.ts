import { changedAttributes, visiblePath } from "./changed-attributes";
import type { Change, PlanJson, ResourceChange } from "./plan-json";
import type { ChangeSummary, PlanSummary, SummaryAction, SummaryCounts, SummaryOf } from "./plan-summary";
import { priceOf } from "./prices";
import { lossOf } from "./stateful-types";

/** From what is lost to what costs nothing to read over. */
const ORDER: readonly SummaryAction[] = ["delete", "replace", "forget", "update", "create", "import", "move"];

const GONE = "it is no longer in the configuration";

/** Terraform's reasons in words. Where paths force a replacement, they say it. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is tainted: an earlier apply left it half made",
  replace_by_request: "asked for with -replace",
  replace_by_triggers: "what its replace_triggered_by names has changed",
  delete_because_no_resource_config: GONE,
  delete_because_no_module: GONE,
  delete_because_no_move_target: GONE,
  delete_because_wrong_repetition: GONE,
  delete_because_count_index: GONE,
  delete_because_each_key: GONE,
};

/**
 * What a plan does, in the order in which a person has to look at it: stateful resources that are lost, other deletions and
 * replacements, changes, additions. No sensitive value is in it; a value is in it only where it is a short scalar that
 * neither side marks as sensitive.
 *
 * @param plan what `terraform show -json <plan>` prints
 */
export function summarize(plan: PlanJson, of: SummaryOf): PlanSummary {
  const changes = (plan.resource_changes ?? [])
    .flatMap((resource): ChangeSummary[] => {
      const action = actionOf(resource);
      return action === undefined ? [] : [summarizeChange(resource, action)];
    })
    .sort((a, b) => rank(a) - rank(b) || a.address.localeCompare(b.address));
  const { instance, stack, zone, account, region } = of;
  return { instance, stack, zone, account, region, changes, counts: countsOf(changes) };
}

function actionOf({
  mode = "managed",
  previous_address: previous,
  change,
}: ResourceChange): SummaryAction | undefined {
  const has = (action: string) => change.actions.includes(action);
  if (mode !== "managed" || has("read")) return undefined;
  if (has("create")) return has("delete") || has("forget") ? "replace" : "create";
  if (has("delete")) return "delete";
  if (has("forget")) return "forget";
  if (has("update")) return "update";
  if (change.importing !== undefined && change.importing !== null) return "import";
  return previous === undefined ? undefined : "move";
}

function summarizeChange(resource: ResourceChange, action: SummaryAction): ChangeSummary {
  const { address, type, change } = resource;
  const loses = action === "delete" || action === "replace" ? lossOf(type) : undefined;
  const price =
    action === "create" || action === "delete" ? priceOf(type, valuesOf(change, action)) : undefined;
  const because = becauseOf(resource);
  return {
    address,
    type,
    action,
    ...(loses === undefined ? {} : { loses }),
    because,
    attributes: attributesOf(change, action, because),
    ...(price === undefined ? {} : { price }),
  };
}

function becauseOf({ change, action_reason: reason = "" }: ResourceChange): string[] {
  const paths = (change.replace_paths ?? []).map((path) => visiblePath(change, path));
  const words = REASONS[reason];
  return [...new Set([...paths, ...(words === undefined ? [] : [words])])];
}

/** A replacement changes every computed attribute too, which says nothing: what forces it is kept. */
function attributesOf(change: Change, action: SummaryAction, because: readonly string[]) {
  if (action === "update") return changedAttributes(change);
  if (action !== "replace") return [];
  return changedAttributes(change).filter(
    ({ path, after }) => because.includes(path) || after !== "(known after apply)",
  );
}

const valuesOf = ({ before, after }: Change, action: SummaryAction): Readonly<Record<string, unknown>> => {
  const values = action === "delete" ? before : after;
  return typeof values === "object" && values !== null ? (values as Readonly<Record<string, unknown>>) : {};
};

const rank = ({ action, loses }: ChangeSummary): number =>
  (loses === undefined ? 1 : 0) * 10 + ORDER.indexOf(action);

function countsOf(changes: readonly ChangeSummary[]): SummaryCounts {
  const count = (...actions: SummaryAction[]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const usd = changes.reduce(
    (sum, { action, price }) => sum + (price?.monthlyUsd ?? 0) * (action === "delete" ? -1 : 1),
    0,
  );
  return {
    add: count("create"),
    change: count("update"),
    replace: count("replace"),
    destroy: count("delete"),
    statefulLost: changes.filter(({ loses }) => loses !== undefined).length,
    monthlyUsd: Math.round(usd * 100) / 100,
  };
}
