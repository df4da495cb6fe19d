import * as z from "zod/mini";
import { type Trigger } from "../event";
import { type Place, type Rules, type Sight } from "../repair";
import { apiCall, findingResources, read } from "./read";

/** A bucket as its guard sees it. */
export interface BucketSight extends Sight {
  readonly bucket: string;
  /** The four settings of its public access block; all off where it has none. */
  readonly block: {
    readonly blockPublicAcls: boolean;
    readonly ignorePublicAcls: boolean;
    readonly blockPublicPolicy: boolean;
    readonly restrictPublicBuckets: boolean;
  };
  /** Whether S3 calls its policy public. */
  readonly publicPolicy: boolean;
}

const BUCKET_ARN = "arn:aws:s3:::";
const bucketName = z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/));

const call = apiCall("s3.amazonaws.com", z.object({ bucketName }));
const guardDuty = z.object({
  type: z.string(),
  resource: z.object({ s3BucketDetails: z.array(z.object({ name: bucketName })) }),
});

/**
 * Puts the public access block back onto a bucket: then S3 heeds neither a public policy nor a public list, both of which stay
 * for people to look at.
 *
 * @see S3.8, https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const blockPublicBucket: Rules<BucketSight> = {
  name: "block-public-bucket",

  targetsOf(trigger: Trigger, place: Place) {
    if (trigger.source === "aws.events") return "every";
    if (trigger.source === "aws.securityhub") {
      return findingResources(trigger, place, "AwsS3Bucket").map((arn) =>
        read(bucketName, arn.startsWith(BUCKET_ARN) ? arn.slice(BUCKET_ARN.length) : arn, "a bucket"),
      );
    }
    if (trigger.source === "aws.guardduty") {
      const { resource } = read(guardDuty, trigger.detail, "a finding on buckets");
      return resource.s3BucketDetails.map(({ name }) => name);
    }
    return [read(call, trigger.detail, "a call about a bucket").requestParameters.bucketName];
  },

  judge({ block, publicPolicy }) {
    const off = Object.entries(block)
      .filter(([, on]) => !on)
      .map(([setting]) => setting);
    if (off.length === 0) return undefined;
    return {
      why: `public access is not blocked${publicPolicy ? ", and the policy is public" : ""}`,
      evidence: { off, publicPolicy },
    };
  },
};
