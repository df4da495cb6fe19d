import { type PolicyStatement, statementsOf } from "../policy";
import { type Related, type Subject } from "../subject";
import { type Unknown } from "@landfall/terraform-graph";

/** The resources of a type that belong to a bucket: they refer to it, or name it. */
export const ofBucket = (bucket: Subject, type: string): Related =>
  bucket.related(type, "bucket", ["bucket"]);

/** A policy of a bucket. */
export interface BucketPolicy {
  /** Where it is, as a finding on the bucket names it. */
  readonly path: string;
  /** Its statements; an Unknown where they are not known. */
  readonly statements: readonly PolicyStatement[] | Unknown;
}

/** The policies of a bucket: its own and those in resources of their own; one that is not known, where there may be one more. */
export function policiesOf(bucket: Subject): readonly BucketPolicy[] {
  const { found, uncertain } = ofBucket(bucket, "aws_s3_bucket_policy");
  const given = [
    { path: "policy", statements: statementsOf(bucket.value("policy")) },
    ...found.map((policy) => ({
      path: `${policy.resource.address}.policy`,
      statements: statementsOf(policy.value("policy")),
    })),
    ...(uncertain === undefined ? [] : [{ path: "", statements: uncertain }]),
  ];
  return given.flatMap(({ path, statements }) => (statements === null ? [] : [{ path, statements }]));
}
