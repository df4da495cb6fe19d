import { type BucketTier } from "@landfall/storage";

/** Each class with the days for which S3 charges an object in it at least. */
const TIERS: readonly (BucketTier & { readonly chargedDays: number })[] = [
  { afterDays: 30, storageClass: "STANDARD_IA", chargedDays: 30 },
  { afterDays: 90, storageClass: "GLACIER_IR", chargedDays: 90 },
  { afterDays: 365, storageClass: "DEEP_ARCHIVE", chargedDays: 180 },
];

/**
 * The storage classes of archived logs by age: those of the first year are read at once, older ones after twelve hours. A
 * class is left out where logs would not stay in it for as long as S3 charges at least.
 *
 * @param archiveDays days until they expire
 * @see https://aws.amazon.com/s3/storage-classes
 */
export const archiveTiers = (archiveDays: number): readonly BucketTier[] =>
  TIERS.filter(({ afterDays, chargedDays }) => afterDays + chargedDays <= archiveDays).map(
    ({ afterDays, storageClass }) => ({ afterDays, storageClass }),
  );
