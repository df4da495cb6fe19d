/** An alarm in one account and region, as far as the watch looks at it. */
export interface Alarm {
  readonly name: string;
  readonly region: string;
  /** The account's id. */
  readonly account: string;
  /** Whether it is in ALARM now. */
  readonly rings: boolean;
  /** When it came into its state; `undefined` where AWS does not say. */
  readonly since: Date | undefined;
}

/**
 * Which alarms ring because of what was deployed: those that came into ALARM after a moment. One that rang before is no
 * news. One that nobody can say the time of counts.
 *
 * @param from what is earlier is no news
 */
export const newlyRinging = (alarms: readonly Alarm[], from: Date): Alarm[] =>
  alarms.filter(({ rings, since }) => rings && (since === undefined || since.getTime() >= from.getTime()));

/** e.g. `sandbox-intake-errors (eu-west-1) since 2026-01-01T00:00:00.000Z` */
export const alarmLine = ({ name, account, region, since }: Alarm): string =>
  `${name} (${account} ${region}) since ${since?.toISOString() ?? "an unknown time"}`;
