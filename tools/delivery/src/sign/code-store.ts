import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { LandfallError } from "@landfall/core";

/** Keeps code for ever. */
export interface CodeStore {
  readonly bucket: string;
  get(key: string): Promise<Uint8Array | undefined>;
  /** @returns the version of the object that was written */
  put(key: string, content: Uint8Array): Promise<string>;
  /** Keeps the first content that a key is given. @returns what is kept, which another build may have put there before */
  keep(key: string, content: Uint8Array): Promise<Uint8Array>;
}

/** S3 says that the object is there, or that another write of it is under way. */
const TAKEN = ["PreconditionFailed", "ConditionalRequestConflict"];

/**
 * The bucket of signed code, encrypted as it encrypts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3CodeStore implements CodeStore {
  /** Where the SDK is told of an endpoint, it asks there, and such have no host name for each bucket. */
  private readonly client = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

  constructor(readonly bucket: string) {}

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async put(key: string, content: Uint8Array): Promise<string> {
    const { VersionId } = await this.client.send(this.write(key, content));
    if (VersionId !== undefined) return VersionId;
    throw new LandfallError(
      `The bucket ${this.bucket} must keep versions, since AWS Signer signs one of an object, got: none`,
    );
  }

  async keep(key: string, content: Uint8Array): Promise<Uint8Array> {
    try {
      await this.client.send(this.write(key, content, "*"));
      return content;
    } catch (error) {
      if (!(error instanceof S3ServiceException && TAKEN.includes(error.name))) throw error;
      const kept = await this.get(key);
      if (kept === undefined) throw error;
      return kept;
    }
  }

  close(): void {
    this.client.destroy();
  }

  private write(Key: string, Body: Uint8Array, ifNoneMatch?: "*"): PutObjectCommand {
    return new PutObjectCommand({
      Bucket: this.bucket,
      Key,
      Body,
      ContentType: "application/zip",
      ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
    });
  }
}
