import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { type Entry, type RepairRecord, seal } from "../record";
import { type RepairName } from "../repair";
import { type Records } from "../sentinel";

/** Keys count down from here, because S3 lists the smallest first: the newest record is the first of a list. */
const HIGHEST = 999_999_999_999;

/** How many records are read to find what an earlier receipt left open. */
const LATEST = 25;

/** Two functions at most write to a chain: each loses a race now and then, not ten times in a row. */
const ATTEMPTS = 10;

/** What S3 answers when the key was taken in between. */
const TAKEN = new Set(["PreconditionFailed", "ConditionalRequestConflict"]);

/** `restart-trail/999999999998.json` for the first record. */
export const keyOf = (chain: RepairName, sequence: number): string =>
  `${chain}/${String(HIGHEST - sequence).padStart(12, "0")}.json`;

/**
 * Keeps a chain of records in a bucket, under the chain's own prefix. A record is only ever written to a key that is free, so that
 * of two writers one wins and the other links to it. Needs `s3:GetObject`, `s3:ListBucket` and `s3:PutObject`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3Records implements Records {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly chain: RepairName,
  ) {}

  async append(entry: Entry): Promise<RepairRecord> {
    for (let attempt = 1; ; attempt++) {
      const [before] = await this.newest(1);
      const record = seal(this.chain, entry, before);
      try {
        await this.client.send(
          new PutObjectCommand({
            Bucket: this.bucket,
            Key: keyOf(this.chain, record.sequence),
            Body: JSON.stringify(record),
            ContentType: "application/json",
            IfNoneMatch: "*",
          }),
        );
        return record;
      } catch (error) {
        const taken = error instanceof S3ServiceException && TAKEN.has(error.name);
        if (!taken || attempt === ATTEMPTS) throw error;
      }
    }
  }

  latest(): Promise<readonly RepairRecord[]> {
    return this.newest(LATEST);
  }

  /** Oldest first. */
  private async newest(count: number): Promise<readonly RepairRecord[]> {
    const { Contents = [] } = await this.client.send(
      new ListObjectsV2Command({ Bucket: this.bucket, Prefix: `${this.chain}/`, MaxKeys: count }),
    );
    const records = await Promise.all(
      Contents.map(async ({ Key }) => {
        const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
        return JSON.parse((await Body?.transformToString()) ?? "null") as RepairRecord;
      }),
    );
    return records.reverse();
  }
}
