import * as z from "zod/mini";
import { type Trigger } from "../event";
import { Refusal } from "../refusal";
import { type Place } from "../repair";

/** Reads a part of an event. @throws Refusal `no-target`, which names what is wrong and does not quote it */
export function read<T extends z.ZodMiniType>(schema: T, value: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path }) => path.join(".") || "all of it");
  throw new Refusal("no-target", `not ${what}: ${[...new Set(paths)].join(", ")}`);
}

/** A call of AWS's API, as CloudTrail tells of it. @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export const apiCall = <T extends z.ZodMiniType>(eventSource: string, requestParameters: T) =>
  z.object({ eventSource: z.literal(eventSource), eventName: z.string(), requestParameters });

const findings = z.object({
  findings: z
    .array(
      z.object({
        AwsAccountId: z.string(),
        Resources: z.array(z.object({ Type: z.string(), Id: z.string(), Region: z.optional(z.string()) })),
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
});

/**
 * The ids of the resources of a type that findings of Security Hub are about, as far as they are in this place: the hub also
 * tells of other accounts and regions.
 *
 * @throws Refusal `no-target`
 */
export function findingResources(
  trigger: Trigger,
  { account, region }: Place,
  type: string,
): readonly string[] {
  const ids = read(findings, trigger.detail, "findings")
    .findings.filter(({ AwsAccountId }) => AwsAccountId === account)
    .flatMap(({ Resources }) => Resources)
    .filter((resource) => resource.Type === type && (resource.Region ?? region) === region)
    .map(({ Id }) => Id);
  if (ids.length === 0) throw new Refusal("no-target", `no ${type} of this account and region`);
  return ids;
}
