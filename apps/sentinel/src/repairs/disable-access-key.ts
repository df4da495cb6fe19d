import * as z from "zod/mini";
import { type Trigger } from "../event";
import { Refusal } from "../refusal";
import { type Rules, type Sight } from "../repair";
import { read } from "./read";

/** An access key of a user. */
export interface KeySight extends Sight {
  readonly keyId: string;
  readonly userName: string;
  readonly active: boolean;
}

const accessKeyId = z.string().check(z.regex(/^AKIA[0-9A-Z]{12,124}$/));

/** From here on GuardDuty calls a finding high. */
const HIGH = 7;

const guardDuty = z.object({
  severity: z.number().check(z.gte(HIGH)),
  resource: z.object({ accessKeyDetails: z.object({ accessKeyId, userType: z.literal("IAMUser") }) }),
});

/** @see https://docs.aws.amazon.com/health/latest/ug/aws-health-concepts-and-terms.html */
const exposed = z.object({
  eventTypeCode: z.literal("AWS_RISK_CREDENTIALS_EXPOSED"),
  affectedEntities: z.array(z.object({ entityValue: accessKeyId })).check(z.minLength(1), z.maxLength(100)),
});

/**
 * Makes an access key of a user inactive, when AWS found it in public or GuardDuty is sure that somebody else uses it. It can be
 * made active again.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */
export const disableAccessKey: Rules<KeySight> = {
  name: "disable-access-key",

  targetsOf({ source, detail }: Trigger) {
    if (source === "aws.guardduty") {
      return [
        read(guardDuty, detail, "a high finding on a user's key").resource.accessKeyDetails.accessKeyId,
      ];
    }
    if (source === "aws.health") {
      return read(exposed, detail, "an exposed key").affectedEntities.map(({ entityValue }) => entityValue);
    }
    throw new Refusal("unknown-event", "nothing else tells of a leaked key");
  },

  judge: ({ active, userName }) =>
    active ? { why: "a leaked access key is active", evidence: { userName } } : undefined,
};
