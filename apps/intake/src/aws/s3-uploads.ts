import { GetObjectCommand, S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import { type Uploads } from "../catalogue";
import { Refusal } from "../refusal";
import { type Upload } from "../upload";

const missing = new Set(["NoSuchKey", "NoSuchVersion"]);

/**
 * Reads uploads from S3. Needs `s3:GetObject` and `s3:GetObjectVersion`, and `s3:ListBucket` too: without it S3 answers
 * for a missing object as if access were denied.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export class S3Uploads implements Uploads {
  constructor(private readonly client: S3Client) {}

  async read({ bucket, key, versionId }: Upload, maxBytes: number): Promise<Uint8Array> {
    try {
      const { Body } = await this.client.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          VersionId: versionId,
          Range: `bytes=0-${maxBytes - 1}`,
        }),
      );
      return Body ? await Body.transformToByteArray() : new Uint8Array();
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      if (missing.has(error.name)) throw new Refusal("object-missing", "deleted before it was read");
      // An empty object has no first byte, so no range of it can be served.
      if (error.name === "InvalidRange") return new Uint8Array();
      throw error;
    }
  }
}
