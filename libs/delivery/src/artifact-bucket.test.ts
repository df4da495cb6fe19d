import { Key } from "@landfall/keys";
import { statementsOf, synthStack } from "@landfall/testing";
import { ArtifactBucket, type ArtifactBucketProps } from "./artifact-bucket";

const encryptionKey = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/artifacts");
const synth = (change: Partial<ArtifactBucketProps> = {}) =>
  synthStack((stack) => {
    new ArtifactBucket(stack, "Artifacts", { encryptionKey, accessLogBucketName: "logs", ...change });
  });
const rules = (stack: ReturnType<typeof synth>) =>
  stack.resource("aws_s3_bucket_lifecycle_configuration").rule as readonly Record<string, unknown>[];

describe("ArtifactBucket", () => {
  it("is encrypted with the customer key, and takes nothing that another one encrypts", () => {
    const stack = synth();
    expect(stack.resource("aws_s3_bucket_server_side_encryption_configuration").rule).toMatchObject([
      { apply_server_side_encryption_by_default: { kms_master_key_id: encryptionKey.keyArn } },
    ]);
    expect(statementsOf(stack.resource("aws_s3_bucket_policy").policy).OnlyWithItsKey).toMatchObject({
      Effect: "Deny",
      Action: "s3:PutObject",
      Condition: {
        StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption-aws-kms-key-id": encryptionKey.keyArn },
        Null: { "s3:x-amz-server-side-encryption": "false" },
      },
    });
  });

  it("is reached over TLS only, and clears artifacts away after 90 days", () => {
    const stack = synth();
    expect(statementsOf(stack.resource("aws_s3_bucket_policy").policy)).toHaveProperty(
      "DenyInsecureTransport",
    );
    expect(rules(stack)[0]).toMatchObject({ expiration: [{ days: 90 }] });
  });

  it("keeps what is asked for again", () => {
    expect(rules(synth({ expirationDays: "kept" }))[0]).not.toHaveProperty("expiration");
    expect(rules(synth({ expirationDays: 7 }))[0]).toMatchObject({ expiration: [{ days: 7 }] });
  });
});
