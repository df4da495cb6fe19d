import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";

/** How a write ended: an entry that is there is never replaced. */
export type StoredResult = "stored" | "exists";

/** Keeps what Nx tasks have made, by the task's hash. */
export interface CacheStore {
  get(hash: string): Promise<Uint8Array | undefined>;
  put(hash: string, content: Uint8Array): Promise<StoredResult>;
}

/** Above all entries, so that another layout can live beside this one. */
const PREFIX = "nx/v1/";

/** S3 says that the object is there, or that another write of it is under way. */
const TAKEN = ["PreconditionFailed", "ConditionalRequestConflict"];

/**
 * Keeps entries in an S3 bucket, encrypted as the bucket encrypts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3Store implements CacheStore {
  private readonly client: S3Client;

  /** @param region of the bucket; credentials are those of the caller */
  constructor(
    private readonly bucket: string,
    region: string | undefined,
  ) {
    this.client = new S3Client({
      ...(region === undefined ? {} : { region }),
      // What stands in for AWS has no host name for each bucket.
      forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
    });
  }

  async get(hash: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: PREFIX + hash }),
      );
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async put(hash: string, content: Uint8Array): Promise<StoredResult> {
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: PREFIX + hash,
          Body: content,
          ContentType: "application/octet-stream",
          // Whoever comes first wins, even where two builds write at the same time.
          IfNoneMatch: "*",
        }),
      );
      return "stored";
    } catch (error) {
      if (error instanceof S3ServiceException && TAKEN.includes(error.name)) return "exists";
      throw error;
    }
  }

  close(): void {
    this.client.destroy();
  }
}
