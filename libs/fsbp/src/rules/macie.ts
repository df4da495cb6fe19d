import { mustBeOneOf, mustBeTrue } from "../expect";
import { type PlaceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, nonCompliant, unknown, type Verdict } from "../verdict";
import { ofCompanion } from "./companions";
import { inRegion, names } from "./organization-services";

const ACCOUNT = "aws_macie2_account";
const MEMBER = "aws_macie2_member";
const ORGANIZATION = "aws_macie2_organization_configuration";

/** Whether Macie is on in an account or for a member: it is where nothing is said. */
const isEnabled = (subject: Subject): Verdict => mustBeOneOf(subject, "status", ["ENABLED"], "ENABLED");

/** Accounts that join get it; whether one has joined since can't be told. */
const forNewAccounts = (configuration: Subject): Verdict => {
  const verdict = mustBeTrue(configuration, "auto_enable");
  return verdict.status === "compliant"
    ? unknown("auto_enable", "whether the account joined after this was set can't be told")
    : verdict;
};

export const macieRules: readonly PlaceRule[] = [
  /** Macie.1: Macie is on, in the account or as a member. */
  {
    control: "Macie.1",
    each: "region",
    types: [ACCOUNT, MEMBER, ORGANIZATION],
    judge: (here, place, subjects) =>
      any(
        ...here
          .filter(({ resource }) => resource.type === ACCOUNT)
          .map((each) => ofCompanion(each, isEnabled(each))),
        nonCompliant("", `no ${ACCOUNT} in the region, nor an ${MEMBER} for it`, "one that is enabled"),
        ...inRegion(subjects, MEMBER, place).map((each) =>
          ofCompanion(each, all(names(each, "account_id", place), isEnabled(each))),
        ),
        ...inRegion(subjects, ORGANIZATION, place).map((each) => ofCompanion(each, forNewAccounts(each))),
      ),
  },
];
