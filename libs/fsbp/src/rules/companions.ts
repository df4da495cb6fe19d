import { Unknown } from "@landfall/terraform-graph";
import { type Related, type Subject } from "../subject";
import { any, unknown, type Verdict } from "../verdict";
import { type View } from "../view";

/** The verdict on a resource that belongs to another: its path starts with its address, since the finding is elsewhere. */
export function ofCompanion({ resource }: Subject, verdict: Verdict): Verdict {
  if (verdict.status === "compliant" && resource.uncertain) {
    return unknown(resource.address, "whether it is there is not known before the apply");
  }
  return "path" in verdict
    ? { ...verdict, path: [resource.address, verdict.path].filter((part) => part !== "").join(".") }
    : verdict;
}

/** The verdict for resources that may belong to another, which can't be told; none where all are known. */
export const mayBeMore = (uncertain: Unknown | undefined): readonly Verdict[] =>
  uncertain === undefined ? [] : [unknown("", uncertain.reason)];

/** One of the resources that belong to another must pass: unknown where there may be more of them. */
export const anyCompanion = (
  { found, uncertain }: Related,
  judge: (companion: Subject) => Verdict,
  none: Verdict,
): Verdict =>
  found.length === 0 && uncertain === undefined
    ? none
    : any(...found.map((each) => ofCompanion(each, judge(each))), ...mayBeMore(uncertain));

/** One of the nested blocks of a name must pass. */
export function anyBlock(view: View, name: string, judge: (block: View) => Verdict, none: Verdict): Verdict {
  const blocks = view.blocks(name);
  if (blocks instanceof Unknown) return unknown(view.at(name), blocks.reason);
  return blocks.length === 0 ? none : any(...blocks.map(judge));
}
