import { isList, Reference, Template, Unknown } from "@landfall/terraform-graph";
import { mustBeTrue, render } from "../expect";
import { type Place, type PlaceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";
import { ofCompanion } from "./companions";
import { inRegion, names } from "./organization-services";

const ENABLER = "aws_inspector2_enabler";
const ORGANIZATION = "aws_inspector2_organization_configuration";
const ASSOCIATION = "aws_inspector2_member_association";

/** Whether an enabler scans something, for the accounts that it names. */
function scans(enabler: Subject, kind: string): Verdict {
  const path = "resource_types";
  const kinds = enabler.value(path);
  if (isList(kinds) && kinds.includes(kind)) return COMPLIANT;
  const hidden = [kinds, ...(isList(kinds) ? kinds : [])].find(
    (value) => value instanceof Unknown || value instanceof Reference || value instanceof Template,
  );
  return hidden === undefined
    ? nonCompliant(path, render(kinds), kind)
    : unknown(path, `whether ${kind} is scanned is not known before the apply`);
}

/**
 * Whether the organization's administrator switches it on for accounts that join. Of an account that is taken in here it is
 * known that it does; another may have been in before, and then it stays as it is.
 */
function byOrganization(setting: string, place: Place, subjects: Subjects): readonly Verdict[] {
  const joining = any(
    ...inRegion(subjects, ASSOCIATION, place).map((each) =>
      ofCompanion(each, names(each, "account_id", place)),
    ),
  );
  return inRegion(subjects, ORGANIZATION, place).map((each) => {
    const path = `auto_enable.${setting}`;
    const verdict = ofCompanion(each, mustBeTrue(each, path));
    return verdict.status === "compliant" && joining.status !== "compliant"
      ? ofCompanion(each, unknown(path, "whether the account joined after this was set can't be told"))
      : verdict;
  });
}

/** A control that asks for a kind of scan. */
const scanning = (control: string, kind: string, setting: string): PlaceRule => ({
  control,
  each: "region",
  types: [ENABLER, ORGANIZATION, ASSOCIATION],
  judge: (here, place, subjects) => {
    const enablers = inRegion(subjects, ENABLER, place).map((each) => ({
      each,
      verdict: ofCompanion(each, all(names(each, "account_ids", place), scans(each, kind))),
    }));
    const own = enablers.filter(({ each }) => here.includes(each));
    return any(
      ...own.map(({ verdict }) => verdict),
      nonCompliant("", `no ${ENABLER} for the account in the region`, `one with ${kind}`),
      ...enablers.map(({ verdict }) => verdict),
      ...byOrganization(setting, place, subjects),
    );
  },
});

export const inspectorRules: readonly PlaceRule[] = [
  /** Inspector.1: instances are scanned. */
  scanning("Inspector.1", "EC2", "ec2"),
  /** Inspector.2: container images are. */
  scanning("Inspector.2", "ECR", "ecr"),
  /** Inspector.3: the functions' own code is. */
  scanning("Inspector.3", "LAMBDA_CODE", "lambda_code"),
  /** Inspector.4: functions with their packages are. */
  scanning("Inspector.4", "LAMBDA", "lambda"),
];
