import { S3Client } from "@aws-sdk/client-s3";
import { FakeAws } from "../testing/fake-aws";
import { S3Quarantine } from "./s3-quarantine";

const aws = new FakeAws();
let client: S3Client;

beforeAll(async () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  await aws.start();
  client = new S3Client({
    endpoint: aws.endpoint,
    region: "eu-west-1",
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});
beforeEach(() => aws.reset());
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

const upload = { bucket: "inbox", key: "a/b é.json", size: 1 };
const put = (name: string, content: string) => aws.objects.set(`inbox/${name}`, Buffer.from(content));
const take = (change: object = {}, maxBytes?: number) =>
  new S3Quarantine(client, "quarantine/", maxBytes).take({ ...upload, ...change }, "too-large");

describe("S3Quarantine", () => {
  it("moves an object below the reason, its content unchanged, under a key that its name is not in", async () => {
    put(upload.key, "content");

    const key = await take();

    expect(key).toMatch(/^quarantine\/too-large\/[0-9a-f]{64}$/);
    expect([...aws.objects]).toEqual([[`inbox/${key}`, Buffer.from("content")]]);
  });

  it("moves the version that was announced, and leaves what has taken its name since", async () => {
    put(`${upload.key}?v1`, "old");
    put(upload.key, "new");

    const key = await take({ versionId: "v1" });

    expect(aws.objects.get(`inbox/${key}`)?.toString()).toBe("old");
    expect(aws.objects.get(`inbox/${upload.key}`)?.toString()).toBe("new");
  });

  it("does it once more when it was cut short, to the same key", async () => {
    put(`${upload.key}?v1`, "content");
    put(upload.key, "content");

    expect(await take({ versionId: "v1" })).toBe(await take({ versionId: "v1" }));
    expect([...aws.objects.keys()].filter((name) => name.startsWith("inbox/quarantine/"))).toHaveLength(1);
  });

  it("keeps two versions of a name apart", async () => {
    put(`${upload.key}?v1`, "one");
    put(`${upload.key}?v2`, "two");

    expect(await take({ versionId: "v1" })).not.toBe(await take({ versionId: "v2" }));
  });

  it("has nothing to say of an object that is gone", async () => {
    expect(await take()).toBeUndefined();
  });

  it("leaves an object where it is that is too large to be moved in time, whatever was announced", async () => {
    put(upload.key, "content");

    expect(await take({}, 6)).toBeUndefined();
    expect([...aws.objects.keys()]).toEqual([`inbox/${upload.key}`]);
    expect(await take({}, 7)).toBeDefined();
  });

  it.each(["CopyObject", "DeleteObject"] as const)("throws a passing fault of %s", async (operation) => {
    put(upload.key, "content");
    aws.faults.push({ operation, about: "", status: 503, code: "SlowDown" });

    await expect(take()).rejects.toMatchObject({ name: "SlowDown" });
  });

  it.each([
    ["quarantine/too-large/x", true],
    ["quarantine", false],
    ["a/quarantine/x", false],
    ["a/../quarantine/x", false],
  ])("knows whether %s lies in it: %s", (key, held) => {
    expect(new S3Quarantine(client, "quarantine/").holds({ ...upload, key })).toBe(held);
  });
});
