import { Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { mustBeOneOf, render } from "../expect";
import { type PlaceRule, type ResourceRule, type Rule } from "../rule";
import { any, COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";
import { ofCompanion } from "./companions";

/** SSM.4: no document is shared with everyone. */
const notShared: ResourceRule = {
  control: "SSM.4",
  types: ["aws_ssm_document"],
  judge: (document) => {
    const path = "permissions.account_ids";
    const value = document.value(path);
    if (value instanceof Unknown) return unknown(path, value.reason);
    if (value instanceof Reference || value instanceof Template) {
      return unknown(path, `${render(value)} is not known before the apply`);
    }
    const accounts = String(value ?? "").split(",");
    return accounts.some((account) => account.trim().toLowerCase() === "all")
      ? nonCompliant(path, render(value), "ids of accounts, or no sharing")
      : COMPLIANT;
  },
};

/** Whether an id, which may be the setting's ARN, is that of a setting; an Unknown where it can't be told. */
function isSetting(id: Value, setting: string): boolean | Unknown {
  if (id instanceof Unknown) return id;
  // The account or the region of an ARN may not be known; the setting stands last.
  const last = id instanceof Template ? id.parts.at(-1) : id;
  if (last instanceof Unknown) return last;
  return typeof last === "string" && last.endsWith(setting);
}

/** A control that asks for a value of a setting of the account in a region. */
const serviceSetting = (control: string, setting: string, value: string): PlaceRule => ({
  control,
  each: "region",
  types: ["aws_ssm_service_setting"],
  judge: (here) =>
    any(
      ...here.flatMap((each): Verdict[] => {
        const itIs = isSetting(each.value("setting_id"), setting);
        if (itIs instanceof Unknown) return [ofCompanion(each, unknown("setting_id", itIs.reason))];
        return itIs ? [ofCompanion(each, mustBeOneOf(each, "setting_value", [value]))] : [];
      }),
      nonCompliant("", `no aws_ssm_service_setting ${setting} in the region`, `one with ${value}`),
    ),
});

export const ssmRules: readonly Rule[] = [
  notShared,
  /** SSM.6: scripts of automations log to CloudWatch. */
  serviceSetting("SSM.6", "/ssm/automation/customer-script-log-destination", "CloudWatch"),
  /** SSM.7: no document can be shared with everyone. */
  serviceSetting("SSM.7", "/ssm/documents/console/public-sharing-permission", "Disable"),
];
