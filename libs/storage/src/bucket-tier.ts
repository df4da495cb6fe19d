import { type Constraint } from "@landfall/stack";

/**
 * The storage classes that a lifecycle moves objects to, in the only direction that it does. The first three give an object
 * at once; the last two only after it was restored, which takes minutes to two days.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
export const TIER_CLASSES = [
  "STANDARD_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
] as const;

/** A cheaper storage class that objects move to by age. Objects under 128 KB stay where they are: moving costs more. */
export interface BucketTier {
  /** Days from an object's creation; at least 30 for `STANDARD_IA`. */
  readonly afterDays: number;
  readonly storageClass: (typeof TIER_CLASSES)[number];
}

/** The days that S3 asks for before it moves an object to this class. */
const STANDARD_IA_DAYS = 30;

/** What S3 asks of a list of tiers. */
export function tierConstraint(tiers: readonly BucketTier[], expirationDays: number | undefined): Constraint {
  const valid = tiers.every(({ afterDays, storageClass }, index) => {
    const before = tiers[index - 1];
    return (
      Number.isInteger(afterDays) &&
      afterDays >= (storageClass === "STANDARD_IA" ? STANDARD_IA_DAYS : 0) &&
      (expirationDays === undefined || afterDays < expirationDays) &&
      (before === undefined ||
        (afterDays > before.afterDays &&
          TIER_CLASSES.indexOf(storageClass) > TIER_CLASSES.indexOf(before.storageClass)))
    );
  });
  return {
    prop: "tiers",
    value: tiers.map(({ afterDays, storageClass }) => `${storageClass} after ${afterDays} days`).join(", "),
    valid,
    allowed:
      `classes in this order (${TIER_CLASSES.join(", ")}) after ever more whole days, ` +
      `STANDARD_IA after ${STANDARD_IA_DAYS} at least, all before expirationDays`,
  };
}
