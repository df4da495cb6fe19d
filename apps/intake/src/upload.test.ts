import fc from "fast-check";
import { Refusal } from "./refusal";
import { announce, objectCreated } from "./testing/samples";
import { parseUpload } from "./upload";

describe("parseUpload", () => {
  it("reads bucket, key, version and size", () => {
    expect(parseUpload(announce({ bucket: "inbox", key: "a/b.json", versionId: "v1", size: 12 }))).toEqual({
      bucket: "inbox",
      key: "a/b.json",
      versionId: "v1",
      size: 12,
    });
  });

  it("leaves the version out when the bucket has none", () => {
    expect(parseUpload(announce())).not.toHaveProperty("versionId");
  });

  it("takes the key as it is, since EventBridge does not URL-encode it", () => {
    expect(parseUpload(announce({ key: "50%25+é.json" })).key).toBe("50%25+é.json");
  });

  it.each([
    ["text that is not JSON", "{"],
    ["nothing", ""],
    ["another JSON value", "null"],
    ["a test event of S3", JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent" })],
    ["a deletion", JSON.stringify({ ...objectCreated(), "detail-type": "Object Deleted" })],
    ["another source", JSON.stringify({ ...objectCreated(), source: "my.app" })],
    ["no detail", JSON.stringify({ ...objectCreated(), detail: undefined })],
    ["an empty key", announce({ key: "" })],
    ["a key longer than S3 allows", announce({ key: "k".repeat(1025) })],
    ["a key that is not well-formed text", announce({ key: "a\ud800.json" })],
    ["a negative size", announce({ size: -1 })],
    ["a fractional size", announce({ size: 1.5 })],
  ])("refuses %s as invalid-event", (_name, body) => {
    expect(() => parseUpload(body)).toThrow(
      expect.objectContaining({ name: "Refusal", reason: "invalid-event" }),
    );
  });

  it("names what is wrong without quoting it", () => {
    const act = () => parseUpload(JSON.stringify({ ...objectCreated(), source: "secret" }));

    expect(act).toThrow(/: source$/);
    expect(act).not.toThrow(/secret/);
  });

  it("throws nothing but a Refusal, whatever the body", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(() => parseUpload(body)).toThrow(Refusal);
      }),
    );
  });
});
