import { isList, Unknown } from "@landfall/terraform-graph";
import { isSet, isTrue, mustBeOneOf, mustBeSet, mustBeTrue, render } from "../expect";
import { type PlaceRule, type ResourceRule, type Rule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { anyBlock, ofCompanion } from "./companions";

/** Basic selectors leave out the events of no source. */
function excludesNothing(selector: View): Verdict {
  const path = "exclude_management_event_sources";
  const excluded = selector.value(path);
  if (excluded instanceof Unknown) return unknown(selector.at(path), excluded.reason);
  return isSet(excluded)
    ? nonCompliant(selector.at(path), render(excluded), "every management event")
    : COMPLIANT;
}

const byBasicSelector = (selector: View): Verdict =>
  all(
    mustBeTrue(selector, "include_management_events", true),
    mustBeOneOf(selector, "read_write_type", ["All"], "All"),
    excludesNothing(selector),
  );

/** An advanced selector takes every management event if it asks for the category and nothing else. */
function byAdvancedSelector(selector: View): Verdict {
  const fields = selector.blocks("field_selector");
  if (fields instanceof Unknown) return unknown(selector.at("field_selector"), fields.reason);
  const narrowing = fields.find((field) => field.value("field") !== "eventCategory");
  if (narrowing) {
    return nonCompliant(narrowing.at("field"), render(narrowing.value("field")), "every management event");
  }
  const [category] = fields;
  const given = category?.value("equals") ?? null;
  if (given instanceof Unknown) return unknown(selector.at("field_selector"), given.reason);
  return isList(given) && given.includes("Management")
    ? COMPLIANT
    : nonCompliant(selector.at("field_selector"), render(given), 'eventCategory equals ["Management"]');
}

/** A trail without selectors takes every management event. */
const logsManagementEvents = (trail: Subject): Verdict =>
  any(
    anyBlock(trail, "event_selector", byBasicSelector, NOT_APPLICABLE),
    anyBlock(trail, "advanced_event_selector", byAdvancedSelector, NOT_APPLICABLE),
  );

const isComplete = (trail: Subject): Verdict => {
  const events = logsManagementEvents(trail);
  return all(
    mustBeTrue(trail, "is_multi_region_trail"),
    mustBeTrue(trail, "enable_logging", true),
    events.status === "not-applicable" ? COMPLIANT : events,
  );
};

/** The trails of an organization: each is a trail of every account in it. */
const organizationTrails = (subjects: Subjects): readonly Subject[] =>
  subjects.ofType("aws_cloudtrail").filter((trail) => isTrue(trail.value("is_organization_trail")));

/** CloudTrail.1: a trail of the account, or of its organization, logs what is done in every region. */
const multiRegionTrail: PlaceRule = {
  control: "CloudTrail.1",
  each: "account",
  types: ["aws_cloudtrail"],
  judge: (here, _account, subjects) =>
    any(
      ...here.map((trail) => ofCompanion(trail, isComplete(trail))),
      nonCompliant(
        "",
        "no aws_cloudtrail in the account",
        "one of every region with all management events, or an organization's",
      ),
      ...organizationTrails(subjects).map((trail) => ofCompanion(trail, isComplete(trail))),
    ),
};

export const cloudTrailRules: readonly Rule[] = [
  multiRegionTrail,
  ...[
    /** CloudTrail.2: a trail's files are encrypted with a KMS key. */
    {
      control: "CloudTrail.2",
      judge: (trail: Subject) => mustBeSet(trail, "kms_key_id", "a KMS key"),
    },
    /** CloudTrail.4: a trail's files can be checked for changes. */
    {
      control: "CloudTrail.4",
      judge: (trail: Subject) => mustBeTrue(trail, "enable_log_file_validation"),
    },
    /** CloudTrail.5: a trail's events go to CloudWatch Logs. */
    {
      control: "CloudTrail.5",
      judge: (trail: Subject) => mustBeSet(trail, "cloud_watch_logs_group_arn", "a log group"),
    },
  ].map((rule): ResourceRule => ({ types: ["aws_cloudtrail"], ...rule })),
];
