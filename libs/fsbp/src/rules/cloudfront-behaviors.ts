import { eachBlock } from "../expect";
import { type Subject } from "../subject";
import { all, NOT_APPLICABLE, type Verdict } from "../verdict";
import { type View } from "../view";

/** Judges the default cache behaviour and each of the others. */
export const eachBehavior = (subject: Subject, judge: (behavior: View) => Verdict): Verdict =>
  all(
    eachBlock(subject, "default_cache_behavior", judge, NOT_APPLICABLE),
    eachBlock(subject, "ordered_cache_behavior", judge, NOT_APPLICABLE),
  );
