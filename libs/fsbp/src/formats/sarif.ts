import { createHash } from "node:crypto";
import { type Control, pageOf, type Severity } from "../controls";
import { type ExceptionProblem, type Finding, type Location, type Report } from "../engine/finding";
import { describeException } from "../engine/exception";
import { addressOf, statusOf } from "../engine/ledger";
import { type Rendering } from "./format";
import { describe } from "./table";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  CRITICAL: "error",
  HIGH: "error",
  MEDIUM: "warning",
  LOW: "note",
};

/** How code scanning ranks what has no CVE: `security-severity`, from 0 to 10. */
const RANKS: Readonly<Record<Severity, string>> = { CRITICAL: "9.5", HIGH: "8.0", MEDIUM: "5.5", LOW: "2.0" };

const EXCEPTION_RULE = "exception";

/**
 * SARIF 2.1.0, for code scanning: at the line of source where one is known.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(report: Report, { input, controls, declaredAt }: Rendering): string {
  const placeOf = ({ stack, address, lines }: Location): readonly string[] => {
    if (lines.length > 0) return lines;
    return [(address === undefined ? undefined : declaredAt(stack, address)) ?? input];
  };
  const rules = [...controls.map(ruleOf), EXCEPTION];
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const results = report.findings.flatMap((finding) => resultOf(finding, placeOf(finding.location)));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "landfall-fsbp",
            informationUri: "https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html",
            rules,
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { SRCROOT: { description: { text: "The root of the workspace." } } },
        results: [
          ...results,
          ...report.exceptionProblems.map((problem) => problemOf(problem, placeOf(problem.location))),
        ].map((result) => ({ ...result, ruleIndex: indices.get(result.ruleId) ?? -1 })),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.warnings.map((text) => ({
              level: "warning",
              message: { text },
            })),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const ruleOf = (control: Control) => ({
  id: control.id,
  name: control.id.replace(/\W/g, ""),
  shortDescription: { text: control.title },
  helpUri: pageOf(control),
  help: { text: `${control.title}. ${control.decidedBy ?? `See ${pageOf(control)}`}` },
  defaultConfiguration: { level: LEVELS[control.severity] },
  properties: {
    tags: ["security", control.service],
    precision: "very-high",
    "security-severity": RANKS[control.severity],
  },
});

/** The rule that exceptions themselves are judged by. */
const EXCEPTION: ReturnType<typeof ruleOf> = {
  id: EXCEPTION_RULE,
  name: "Exception",
  shortDescription: { text: "An exception has expired, is not needed, or is too broad" },
  helpUri: "https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html",
  help: {
    text: "Mend the cause, or decide again: an exception names one control of one resource until a day.",
  },
  defaultConfiguration: { level: "error" },
  properties: { tags: ["security", "exceptions"], precision: "very-high", "security-severity": RANKS.HIGH },
};

/** What is not compliant fails, what is not known is to be reviewed, what is excepted is suppressed. */
function resultOf(finding: Finding, lines: readonly string[]) {
  const { control, severity, location, verdict, exception } = finding;
  const status = statusOf(finding);
  if (status !== "non-compliant" && status !== "unknown" && status !== "excepted") return [];
  const isFailure = verdict.status === "non-compliant";
  return [
    {
      ...locate(location, lines, control),
      ruleId: control,
      kind: isFailure ? "fail" : "review",
      // SARIF asks for `none` of what is no failure.
      level: isFailure ? LEVELS[severity] : "none",
      message: { text: `${addressOf(location)}: ${describe(finding)}` },
      suppressions:
        exception === undefined
          ? []
          : [
              {
                kind: "inSource",
                status: "accepted",
                justification: describeException(exception),
              },
            ],
    },
  ];
}

const problemOf = ({ location, exception, problem }: ExceptionProblem, lines: readonly string[]) => ({
  ...locate(location, lines, `${EXCEPTION_RULE} ${exception.control}`),
  ruleId: EXCEPTION_RULE,
  kind: "fail",
  level: "error",
  message: { text: `${addressOf(location)}: ${exception.control}: ${problem}` },
  suppressions: [],
});

/** Where it is: the author's line first, then the constructs' on the way to it. */
function locate(location: Location, lines: readonly string[], key: string) {
  const [line = "", ...others] = lines;
  return {
    locations: [
      {
        physicalLocation: physical(line),
        logicalLocations: [
          {
            fullyQualifiedName: [location.stack, addressOf(location)].filter(Boolean).join("/"),
            kind: "resource",
          },
        ],
      },
    ],
    relatedLocations: others.map((each, index) => ({ id: index + 1, physicalLocation: physical(each) })),
    // What a viewer knows a result by when its line moves.
    partialFingerprints: {
      "landfallFsbp/v1": createHash("sha256")
        .update([key, location.stack, addressOf(location)].join("\n"))
        .digest("hex"),
    },
  };
}

/** @param line e.g. `apps/orders/infra/stack.ts:20`, or a file without a line */
function physical(line: string) {
  const [, file = line, number = "1"] = /^(.*):(\d+)$/.exec(line) ?? [];
  const uri = encodeURI(file.replaceAll("\\", "/")).replace(/[?#]/g, encodeURIComponent);
  const isAbsolute = uri.startsWith("/");
  return {
    artifactLocation: isAbsolute ? { uri: `file://${uri}` } : { uri, uriBaseId: "SRCROOT" },
    region: { startLine: Math.max(1, Number(number)) },
  };
}
