import { statementsOf, synthStack, type SynthesizedStack, testZone } from "@landfall/testing";
import { CacheBucket, type CacheBucketProps } from "./cache-bucket";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";
const WRITER = "arn:aws:iam::123456789012:role/test-delivery-verify";
const props: CacheBucketProps = {
  encryptionKey: { keyArn: KEY },
  accessLogBucketName: "test-access-logs",
  writerRoleArns: [WRITER],
};
const cache = (change: Partial<CacheBucketProps> = {}, zone = testZone()): SynthesizedStack =>
  synthStack((stack) => new CacheBucket(stack, "Cache", { ...props, ...change }), { zone });

/** The statements of the bucket's policy, by what they are for. */
const policy = (stack: SynthesizedStack) =>
  new Map(Object.entries(statementsOf(stack.resource("aws_s3_bucket_policy").policy)));

/** What a role is granted, by what it is for. */
function granted(kind: "grantRead" | "grantReadWrite") {
  let statements: ReturnType<CacheBucket["grantRead"]> = [];
  synthStack((stack) => (statements = new CacheBucket(stack, "Cache", props)[kind]()));
  return statements.flatMap(({ Action }) => Action ?? []);
}

describe("CacheBucket", () => {
  it("is encrypted with the given key, versioned, logged and reached over TLS only", () => {
    const stack = cache();
    expect(JSON.stringify(stack.resource("aws_s3_bucket_server_side_encryption_configuration"))).toContain(
      KEY,
    );
    expect(stack.resource("aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(stack.resource("aws_s3_bucket_logging")).toMatchObject({ target_bucket: "test-access-logs" });
    expect(policy(stack).get("DenyInsecureTransport")).toMatchObject({ Effect: "Deny", Action: "s3:*" });
  });

  it.each([
    [{}, 30],
    [{ expirationDays: 7 }, 7],
  ])("given %j, forgets an entry after %d days and what is left of it after seven", (change, days) => {
    expect(cache(change).resource("aws_s3_bucket_lifecycle_configuration")).toMatchObject({
      rule: [{ expiration: [{ days }], noncurrent_version_expiration: [{ noncurrent_days: 7 }] }],
    });
  });

  it("takes entries of its writers alone, and replaces none, not even theirs", () => {
    const statements = policy(cache());
    expect(statements.get("OnlyTrustedBuildsWrite")).toMatchObject({
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:PutObject",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [WRITER] } },
    });
    expect(statements.get("NeverReplaced")).toMatchObject({
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:PutObject",
      Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
    });
  });

  it("lets break-glass alone remove an entry, and in a disposable zone whoever destroys it", () => {
    expect(policy(cache()).get("OnlyBreakGlassRemoves")).toMatchObject({
      Effect: "Deny",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Condition: {
        ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/test-break-glass" },
      },
    });
    expect([...policy(cache({}, testZone({ disposable: true }))).keys()]).not.toContain(
      "OnlyBreakGlassRemoves",
    );
  });

  it("grants reading without any right to write or to encrypt", () => {
    expect(granted("grantRead")).toEqual(["s3:GetObject", "s3:ListBucket", "kms:Decrypt"]);
  });

  it("grants writing without any right to remove", () => {
    expect(granted("grantReadWrite")).toEqual([
      "s3:GetObject",
      "s3:ListBucket",
      "kms:Decrypt",
      "s3:PutObject",
      "kms:GenerateDataKey",
    ]);
  });

  it("refuses to be filled by nobody, and to keep entries for ever", () => {
    expect(() => cache({ writerRoleArns: [] })).toThrow("'writerRoleArns' must be at least one role");
    expect(() => cache({ expirationDays: 0 })).toThrow(
      "'expirationDays' must be a whole number from 1 to 365, got: 0",
    );
    expect(() => cache({ expirationDays: 366 })).toThrow("got: 366");
  });
});
