import { type Configuration, Graph, type Resource } from "@landfall/terraform-graph";
import { controlOf } from "../controls";
import { isPlaceRule, type Place, type PlaceRule, type ResourceRule, type Rule } from "../rule";
import { type Subject, Subjects } from "../subject";
import { NOT_APPLICABLE, nonCompliant, unknown, type Verdict } from "../verdict";
import { applyExceptions } from "./apply-exceptions";
import { type Finding, type Location, type Report } from "./finding";
import { locationOf } from "./location";

/** Tells the lines of source that made a resource, the author's first. */
export type SourceLines = (stack: string, address: string) => readonly string[];

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  /** What the rules' dated lists say of themselves, e.g. that they have aged. @default nothing */
  readonly warnings?: readonly string[];
  /** @default no line is known */
  readonly sourceLines?: SourceLines;
  /** The day on which exceptions are judged. @default today */
  readonly today?: Date;
  /**
   * Whether the configuration is all that is managed in its accounts. Where it is not, what is missing in an account is
   * unknown: it may be managed elsewhere. @default true
   */
  readonly isWhole?: boolean;
  /** The controls that the zone as a whole does without, each with the reason: what a sandbox saves. @default none */
  readonly accepted?: ReadonlyMap<string, string>;
  /** Called before each rule, with how many there are. @default nobody listens */
  readonly onRule?: (index: number, count: number) => void;
}

/**
 * Judges a configuration by rules.
 *
 * A rule that throws is a violation, never a pass: its message is what was found.
 */
export function judge(configuration: Configuration, options: JudgeOptions): Report {
  const subjects = new Subjects(new Graph(configuration));
  const lines = options.sourceLines ?? (() => []);
  const places = placesIn(subjects);
  const { isWhole = true } = options;
  const findings = options.rules.flatMap((rule, index) => {
    options.onRule?.(index, options.rules.length);
    return isPlaceRule(rule) ? judgePlaces(rule, places, subjects, isWhole) : judgeResources(rule, subjects);
  });
  const { findings: judged, exceptionProblems } = applyExceptions(findings, subjects.graph.all, {
    judged: new Set(options.rules.map(({ control }) => control)),
    today: options.today ?? new Date(),
    accepted: options.accepted ?? new Map(),
  });
  // Only what is reported needs its lines: they are looked up in the source map.
  return {
    findings: judged.map((finding) => withLines(finding, lines)),
    exceptionProblems: exceptionProblems.map((each) => ({ ...each, location: locate(each.location, lines) })),
    warnings: options.warnings ?? [],
  };
}

function judgeResources(rule: ResourceRule, all: Subjects): Finding[] {
  return rule.types
    .flatMap((type) => all.ofType(type))
    .map((subject) => ({
      ...headOf(rule),
      location: locationOf(subject.resource),
      verdict: judgeResource(rule, subject, all),
    }));
}

function judgeResource(rule: ResourceRule, subject: Subject, all: Subjects): Verdict {
  let verdict: Verdict = NOT_APPLICABLE;
  const companion = all.uncertainCompanionOf(() => {
    verdict = attempt(() => rule.judge(subject, all));
  });
  // What makes it compliant may not be there, while the resource itself is.
  return verdict.status === "compliant" && companion !== undefined && !subject.resource.uncertain
    ? unknown("", `whether ${companion.address} is there is not known before the apply`)
    : verdict;
}

function judgePlaces(rule: PlaceRule, places: readonly Place[], all: Subjects, isWhole: boolean): Finding[] {
  const judged =
    rule.each === "region"
      ? places
      : [
          ...new Map(
            places.map((place) => [place.account, { account: place.account, region: undefined }]),
          ).values(),
        ];
  return judged.map((place) => {
    const here = rule.types
      .flatMap((type) => all.ofType(type))
      .filter(({ resource }) => isIn(resource, place));
    const [first] = here;
    return {
      ...headOf(rule),
      location: first ? locationOf(first.resource) : { ...NOWHERE, ...place },
      verdict: certain(
        here,
        attempt(() => rule.judge(here, place, all)),
        isWhole || (here.length > 0 && rule.spansPlaces !== true),
      ),
    };
  });
}

/** Where something that is missing is: in no stack yet. */
const NOWHERE = { stack: "", address: undefined, type: undefined, construct: undefined, lines: [] };

/** What may not be there makes nothing compliant, and what may be managed elsewhere is not missing. */
function certain(here: readonly Subject[], verdict: Verdict, isAllThereIs: boolean): Verdict {
  if (verdict.status === "non-compliant" && !isAllThereIs) {
    return unknown("", `${verdict.found}: it may be managed elsewhere`);
  }
  return verdict.status === "compliant" && here.length > 0 && here.every(({ resource }) => resource.uncertain)
    ? unknown("", "whether it is there is not known before the apply")
    : verdict;
}

const isIn = (resource: Resource, { account, region }: Place): boolean =>
  resource.account === account && (region === undefined || resource.region === region);

/** Every account and region in which something is managed. A region that holds only global services' parts does not count. */
function placesIn(all: Subjects): readonly Place[] {
  const own = new Map<string, Place>();
  for (const { account, region, type, config } of all.graph.all) {
    // What a stack puts elsewhere through an aliased provider is not where it is deployed.
    if (type.startsWith("data.") || (typeof config.provider === "string" && config.provider !== "aws"))
      continue;
    own.set(`${account} ${region}`, { account, region });
  }
  return [...own.values()];
}

/** @throws Error when a rule has the id of no control: a mistake in our own code */
function headOf(rule: Rule): Pick<Finding, "control" | "title" | "severity"> {
  const { id, title, severity } = controlOf(rule.control);
  return { control: id, title, severity };
}

function attempt(run: () => Verdict): Verdict {
  try {
    return run();
  } catch (error) {
    return nonCompliant(
      "",
      `the rule failed: ${error instanceof Error ? error.message : String(error)}`,
      "a rule that judges",
    );
  }
}

const locate = (location: Location, lines: SourceLines): Location =>
  location.address === undefined ? location : { ...location, lines: lines(location.stack, location.address) };

const NEEDS_LINES: readonly Verdict["status"][] = ["non-compliant", "unknown"];

const withLines = (finding: Finding, lines: SourceLines): Finding =>
  NEEDS_LINES.includes(finding.verdict.status)
    ? { ...finding, location: locate(finding.location, lines) }
    : finding;
