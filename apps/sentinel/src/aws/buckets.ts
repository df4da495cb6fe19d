import {
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  paginateListBuckets,
  PutPublicAccessBlockCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { type Hands, type Place } from "../repair";
import { type BucketSight } from "../repairs/block-public-bucket";

/** The answer, or what stands for it where S3 says by an error that there is none. */
async function unless<T, I>(errorName: string, instead: I, asked: Promise<T>): Promise<T | I> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === errorName) return instead;
    throw error;
  }
}

/**
 * The account's buckets in a region. Needs `s3:ListAllMyBuckets`, `s3:GetBucketPublicAccessBlock`, `s3:GetBucketPolicyStatus`,
 * `s3:GetBucketTagging`, and to mend `s3:PutBucketPublicAccessBlock`.
 */
export class Buckets implements Hands<BucketSight> {
  constructor(
    private readonly client: S3Client,
    private readonly place: Place,
  ) {}

  async list(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { Buckets: page = [] } of paginateListBuckets(
      { client: this.client, pageSize: 1000 },
      { BucketRegion: this.place.region },
    )) {
      names.push(...page.flatMap(({ Name }) => Name ?? []));
    }
    return names;
  }

  look(bucket: string): Promise<BucketSight | undefined> {
    return unless("NoSuchBucket", undefined, this.lookAt(bucket));
  }

  async mend({ bucket }: BucketSight): Promise<void> {
    await this.client.send(
      new PutPublicAccessBlockCommand({
        Bucket: bucket,
        ExpectedBucketOwner: this.place.account,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    );
  }

  private async lookAt(bucket: string): Promise<BucketSight> {
    const asked = { Bucket: bucket, ExpectedBucketOwner: this.place.account };
    const [{ PublicAccessBlockConfiguration: block }, { PolicyStatus }, { TagSet }] = await Promise.all([
      unless(
        "NoSuchPublicAccessBlockConfiguration",
        { PublicAccessBlockConfiguration: undefined },
        this.client.send(new GetPublicAccessBlockCommand(asked)),
      ),
      unless(
        "NoSuchBucketPolicy",
        { PolicyStatus: undefined },
        this.client.send(new GetBucketPolicyStatusCommand(asked)),
      ),
      unless("NoSuchTagSet", { TagSet: undefined }, this.client.send(new GetBucketTaggingCommand(asked))),
    ]);
    return {
      bucket,
      arn: `arn:aws:s3:::${bucket}`,
      tags: Object.fromEntries((TagSet ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
      block: {
        blockPublicAcls: block?.BlockPublicAcls ?? false,
        ignorePublicAcls: block?.IgnorePublicAcls ?? false,
        blockPublicPolicy: block?.BlockPublicPolicy ?? false,
        restrictPublicBuckets: block?.RestrictPublicBuckets ?? false,
      },
      publicPolicy: PolicyStatus?.IsPublic ?? false,
    };
  }
}
