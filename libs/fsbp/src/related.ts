import { nonCompliant, unknown, type Verdict } from "./verdict";
import { type Subject } from "./subject";

/**
 * The verdict on a resource for want of another that belongs to it: unknown where one may belong to it that can't be told
 * before the apply.
 *
 * @param wanted what is missing, e.g. `an aws_s3_bucket_public_access_block with all four flags true`
 */
export const missing = (subject: Subject, type: string, by: string, wanted: string): Verdict => {
  const { uncertain } = subject.related(type, by);
  return uncertain === undefined
    ? nonCompliant("", `no ${type}`, wanted)
    : unknown("", `whether an ${type} belongs to it: ${uncertain.reason}`);
};
