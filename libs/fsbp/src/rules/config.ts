import { isList, Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { mustBeTrue, render } from "../expect";
import { type Place, type PlaceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";
import { ofCompanion } from "./companions";

const RECORDER = "aws_config_configuration_recorder";
const STATUS = "aws_config_configuration_recorder_status";
const CHANNEL = "aws_config_delivery_channel";
const ROLE = "AWSServiceRoleForConfig";

const EXCLUDED = "recording_group.exclusion_by_resource_types.resource_types";

/** What has no region and needs to be recorded once only. */
const GLOBAL_TYPES = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];

/** Whether a role is the one that AWS keeps for Config; `undefined` where it can't be told. */
function isServiceRole(role: Value, subjects: Subjects): boolean | undefined {
  if (role instanceof Unknown) return undefined;
  if (role instanceof Reference) {
    const { type } = role.resource;
    const of = (name: string): Value => subjects.of(role.resource).value(name);
    if (type === "aws_iam_service_linked_role") return of("aws_service_name") === "config.amazonaws.com";
    return type === "data.aws_iam_role" ? of("name") === ROLE : type.startsWith("data.") ? undefined : false;
  }
  const end = role instanceof Template ? role.parts.at(-1) : role;
  return typeof end === "string" ? end.endsWith(`/${ROLE}`) : undefined;
}

function usesServiceRole(recorder: Subject, subjects: Subjects): Verdict {
  const role = recorder.value("role_arn");
  const itIs = isServiceRole(role, subjects);
  if (itIs === undefined) return unknown("role_arn", "whose role it is can't be told before the apply");
  return itIs ? COMPLIANT : nonCompliant("role_arn", render(role), `the service-linked role ${ROLE}`);
}

/** The types that a recorder leaves out; an Unknown where they can't be told. */
function excludedTypes(recorder: Subject): readonly Value[] | Unknown {
  const excluded = recorder.value(EXCLUDED);
  if (excluded === null) return [];
  if (!isList(excluded)) return excluded instanceof Unknown ? excluded : new Unknown("it is no list");
  return excluded.find((type) => type instanceof Unknown) instanceof Unknown
    ? new Unknown("a type that is left out is not known before the apply")
    : excluded;
}

/** Judges what a recorder leaves out, or what it says of itself where it leaves nothing out. */
function judgeTypes(
  recorder: Subject,
  accepts: (excluded: readonly Value[]) => boolean,
  none: Verdict,
): Verdict {
  const excluded = excludedTypes(recorder);
  if (excluded instanceof Unknown) return unknown(EXCLUDED, excluded.reason);
  if (excluded.length === 0) return none;
  return accepts(excluded)
    ? COMPLIANT
    : nonCompliant(EXCLUDED, render(excluded), "every type but what has no region");
}

const isGlobal = (type: Value): boolean => typeof type === "string" && GLOBAL_TYPES.includes(type);

/** Every type is recorded, or all but those that have no region. */
const recordsAllTypes = (recorder: Subject): Verdict =>
  judgeTypes(
    recorder,
    (excluded) => excluded.every(isGlobal),
    mustBeTrue(recorder, "recording_group.all_supported", true),
  );

/** What has no region is recorded, too. */
const recordsGlobalTypes = (recorder: Subject): Verdict =>
  judgeTypes(
    recorder,
    (excluded) => !excluded.some(isGlobal),
    mustBeTrue(recorder, "recording_group.include_global_resource_types"),
  );

/** Whether Security Hub gathers a region's findings in another one. */
const isLinked = (region: string | undefined, subjects: Subjects): boolean =>
  subjects.ofType("aws_securityhub_finding_aggregator").some((aggregator) => {
    const named = aggregator.value("specified_regions");
    const isNamed = isList(named) && region !== undefined && named.includes(region);
    const mode = aggregator.value("linking_mode");
    if (aggregator.resource.region === region) return false;
    return mode === "SPECIFIED_REGIONS" ? isNamed : mode !== "NO_REGIONS" && !isNamed;
  });

/**
 * What has no region is recorded here, or in another region of the account, if this one is linked to another for findings:
 * then AWS does not ask for it here.
 */
function globalTypesRecorded(recorder: Subject, { account, region }: Place, subjects: Subjects): Verdict {
  const elsewhere = subjects
    .ofType(RECORDER)
    .filter(({ resource }) => resource.account === account && resource.region !== region);
  return any(
    recordsGlobalTypes(recorder),
    ...(isLinked(region, subjects) ? elsewhere.map(recordsGlobalTypes) : []),
  );
}

/** One of the resources of a type must be as it is wanted. */
const oneOf = (
  here: readonly Subject[],
  type: string,
  wanted: string,
  judge: (each: Subject) => Verdict,
): Verdict =>
  any(
    ...here.filter(({ resource }) => resource.type === type).map((each) => ofCompanion(each, judge(each))),
    nonCompliant("", `no ${type} in the region`, wanted),
  );

export const configRules: readonly PlaceRule[] = [
  /** Config.1: every resource of the region is recorded, with the role that AWS keeps for it, and delivered. */
  {
    control: "Config.1",
    each: "region",
    types: [RECORDER, STATUS, CHANNEL],
    // A finding aggregator elsewhere lets a region leave out what has no region.
    spansPlaces: true,
    judge: (here, place, subjects) =>
      all(
        oneOf(here, RECORDER, `one that records every type, with ${ROLE}`, (recorder) =>
          all(
            usesServiceRole(recorder, subjects),
            recordsAllTypes(recorder),
            globalTypesRecorded(recorder, place, subjects),
          ),
        ),
        oneOf(here, STATUS, "one that is enabled", (status) => mustBeTrue(status, "is_enabled")),
        oneOf(here, CHANNEL, "one to a bucket", () => COMPLIANT),
      ),
  },
];
