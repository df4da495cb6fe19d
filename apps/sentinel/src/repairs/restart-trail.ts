import { type Rules, type Sight } from "../repair";

/** A trail of the zone. */
export interface TrailSight extends Sight {
  readonly name: string;
  readonly logging: boolean;
}

/**
 * Starts a trail that was stopped. Whatever says that one may have stopped, all of the zone's trails in the region are looked at:
 * there are one or two, and an event that names the wrong one hides nothing.
 *
 * @see CloudTrail.1, https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html (Stealth)
 */
export const restartTrail: Rules<TrailSight> = {
  name: "restart-trail",
  targetsOf: () => "every",
  judge: ({ logging, name }) =>
    logging ? undefined : { why: "the trail does not record", evidence: { trail: name } },
};
