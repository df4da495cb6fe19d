import { type Account, accountWith, hasDuty, isOrganization, resourceName, type Zone } from "@landfall/core";

/** The stack that owns the zone's logs: their names are made of its name, so that other accounts can tell them. */
const STACK = "logging";

/** The buckets of logs in an account and region. */
export type LogBucket = "access-logs" | "archive" | "config" | "trail";

/**
 * The name of a bucket of logs: the same from wherever it is asked, since an account can't look into another.
 *
 * @example logBucketName(zone, "archive", logArchive, "eu-west-1") // "prod-logging-archive-333333333333-eu-west-1"
 */
export const logBucketName = (zone: Zone, bucket: LogBucket, account: Account, region: string): string =>
  resourceName("bucket", zone.name, STACK, bucket, account.id, region);

/** The ARN of a bucket of logs. */
export const logBucketArn = (...bucket: Parameters<typeof logBucketName>): string =>
  `arn:aws:s3:::${logBucketName(...bucket)}`;

/**
 * The account that keeps the logs of all accounts. An organization that still makes its accounts has none: it archives
 * nothing until it has one.
 */
export const logArchiveAccount = (zone: Zone): Account | undefined =>
  zone.accounts.find((account) => hasDuty(account, "log-archive"));

/** The accounts whose logs an account keeps: all of the zone's in the log archive, else its own alone. */
export const archivedAccounts = (zone: Zone, account: Account): readonly string[] =>
  account.id === logArchiveAccount(zone)?.id ? zone.accounts.map(({ id }) => id) : [account.id];

/** The account that owns the zone's trail: the management account of an organization, else the only one. */
export const trailAccount = (zone: Zone): Account =>
  accountWith(zone, isOrganization(zone) ? "management" : "log-archive");

export const trailName = (zone: Zone): string => resourceName("trail", zone.name, STACK, "account");

/** The ARN of the zone's trail, which is in the home region and records all regions. */
export const trailArn = (zone: Zone): string =>
  `arn:aws:cloudtrail:${zone.regions.home}:${trailAccount(zone).id}:trail/${trailName(zone)}`;
