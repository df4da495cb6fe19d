import { type TerraformJson } from "@landfall/terraform-graph";
import { type Finding } from "../engine/finding";
import { judge } from "../engine/judge";
import { type Rule } from "../rule";

/** Resources by type and name, as Terraform JSON writes them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

const PROVIDER = { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] };

/** What rules find of one stack. @param rest more of its Terraform JSON, e.g. `data` */
export const findingsOf = (
  rules: readonly Rule[],
  resource: Resources,
  rest: TerraformJson = {},
): readonly Finding[] =>
  judge({ stacks: { stack: { provider: PROVIDER, resource, ...rest } } }, { rules }).findings;

interface Case {
  /** e.g. `a bucket without a block` */
  readonly of: string;
  readonly resource: Resources;
  /** More Terraform JSON, e.g. `{ data: … }`. */
  readonly rest?: TerraformJson;
  /** The address whose verdict counts, where the rule judges several. @default the first finding */
  readonly address?: string;
}

export interface RuleCases {
  readonly compliant: readonly Case[];
  /** Each with the path of the attribute to change. */
  readonly nonCompliant: readonly (Case & { readonly path: string })[];
  /** Left out where no value of the rule can be unknown. */
  readonly unknown?: readonly Case[];
  readonly notApplicable?: readonly Case[];
}

/** Tests a rule by a table of cases. */
export function describeRule(rule: Rule, cases: RuleCases): void {
  const verdictOf = ({ resource, rest, address }: Case) => {
    const findings = findingsOf([rule], resource, rest);
    const finding =
      address === undefined ? findings[0] : findings.find(({ location }) => location.address === address);
    if (!finding) throw new Error(`${rule.control} found nothing${address ? ` of ${address}` : ""}`);
    return finding.verdict;
  };
  describe(rule.control, () => {
    for (const each of cases.compliant) {
      it(`takes ${each.of}`, () => expect(verdictOf(each)).toEqual({ status: "compliant" }));
    }
    for (const each of cases.nonCompliant) {
      it(`refuses ${each.of}`, () => {
        const verdict = verdictOf(each);
        expect(verdict).toMatchObject({ status: "non-compliant", path: each.path });
        expect(verdict).not.toMatchObject({ found: expect.stringContaining("the rule failed") });
      });
    }
    for (const each of cases.unknown ?? []) {
      it(`can't tell ${each.of}`, () => expect(verdictOf(each)).toMatchObject({ status: "unknown" }));
    }
    for (const each of cases.notApplicable ?? []) {
      it(`has nothing to say of ${each.of}`, () =>
        expect(verdictOf(each)).toEqual({ status: "not-applicable" }));
    }
  });
}
