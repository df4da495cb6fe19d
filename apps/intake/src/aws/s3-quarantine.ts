import { createHash } from "node:crypto";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type Quarantine } from "../catalogue";
import { type RefusalReason } from "../refusal";
import { type Upload } from "../upload";

/** What S3 copies well within a function's time. */
const MAX_BYTES = 100 * 1024 * 1024;

/** The object, or the version that was asked about, is not there, or is no longer the same. */
const changed = new Set(["NotFound", "NoSuchKey", "NoSuchVersion", "PreconditionFailed"]);

/**
 * Keeps refused objects under a prefix of their own bucket: `quarantine/<reason>/<SHA-256 of bucket, key and version>`. The key says
 * nothing that the uploader chose, and the copy is served as bytes, whatever the upload claimed to be. The original is hidden by a delete
 * marker, unless something newer has taken its name; its version stays, so that a dead letter can be sent through again.
 *
 * Needs `s3:GetObject`, `s3:GetObjectVersion`, `s3:PutObject` under the prefix, and `s3:DeleteObject` with `If-Match`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export class S3Quarantine implements Quarantine {
  /** @param maxBytes the largest object that is moved; the larger ones stay */
  constructor(
    private readonly client: S3Client,
    private readonly prefix: string,
    private readonly maxBytes: number = MAX_BYTES,
  ) {}

  holds({ key }: Upload): boolean {
    return key.startsWith(this.prefix);
  }

  async take(upload: Upload, reason: RefusalReason): Promise<string | undefined> {
    const { bucket: Bucket, key: Key, versionId: VersionId } = upload;
    const found = await unlessChanged(this.client.send(new HeadObjectCommand({ Bucket, Key, VersionId })));
    if (!found?.ETag || (found.ContentLength ?? 0) > this.maxBytes) return undefined;
    const quarantined = `${this.prefix}${reason}/${fingerprint(upload)}`;
    const copied = await unlessChanged(
      this.client.send(
        new CopyObjectCommand({
          Bucket,
          Key: quarantined,
          CopySource: copySource(upload),
          CopySourceIfMatch: found.ETag,
          MetadataDirective: "REPLACE",
          TaggingDirective: "REPLACE",
          ContentType: "application/octet-stream",
          ContentDisposition: "attachment",
        }),
      ),
    );
    if (!copied) return undefined;
    await unlessChanged(this.client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: found.ETag })));
    return quarantined;
  }
}

/** The same for each delivery of an event, so that an object has one copy. */
const fingerprint = ({ bucket, key, versionId = "" }: Upload): string =>
  createHash("sha256")
    .update(JSON.stringify([bucket, key, versionId]))
    .digest("hex");

const copySource = ({ bucket, key, versionId }: Upload): string =>
  `${bucket}/${encodeURIComponent(key)}${versionId === undefined ? "" : `?versionId=${encodeURIComponent(versionId)}`}`;

async function unlessChanged<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && changed.has(error.name)) return undefined;
    throw error;
  }
}
