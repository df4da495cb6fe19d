import fc from "fast-check";
import { parseTrigger } from "./event";
import { Refusal } from "./refusal";
import { event, openedBucket, place, scheduled } from "./testing/samples";

const parse = (value: unknown) => parseTrigger(JSON.stringify(value), place.account);

describe("parseTrigger", () => {
  it("reads who says what, and its id", () => {
    const sample = openedBucket();
    expect(parse(sample)).toEqual({
      eventId: sample.id,
      source: "aws.s3",
      detailType: "AWS API Call via CloudTrail",
      detail: sample.detail,
    });
  });

  it.each([
    ["a source that is not AWS's", event("my.app", "Scheduled Event", {}), "invalid-event"],
    [
      "a source with AWS's name in it",
      event("aws.s3.evil", "AWS API Call via CloudTrail", {}),
      "invalid-event",
    ],
    ["the detail type of another source", event("aws.s3", "GuardDuty Finding", {}), "unknown-event"],
    ["a detail type that only looks right", event("aws.events", "Scheduled Event ", {}), "unknown-event"],
    ["an event of another account", scheduled({ account: "999999999999" }), "foreign-account"],
    ["no account", scheduled({ account: undefined }), "invalid-event"],
    ["no id", scheduled({ id: undefined }), "invalid-event"],
    ["an id that breaks a log line", scheduled({ id: "a\nb" }), "invalid-event"],
    ["a list", [scheduled()], "invalid-event"],
    ["nothing", null, "invalid-event"],
  ])("refuses %s", (_, sample, reason) => {
    expect(() => parse(sample)).toThrow(expect.objectContaining({ name: "Refusal", reason }));
  });

  it("refuses what is larger than any event before it reads it", () => {
    expect(() => parseTrigger("[".repeat(262_145), place.account)).toThrow(
      expect.objectContaining({ reason: "too-large" }),
    );
  });

  it("takes JSON that is as deep as an event can be", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const body = JSON.stringify(scheduled({ detail: "DEEP" })).replace('"DEEP"', deep);
    expect(parseTrigger(body, place.account).source).toBe("aws.events");
  });

  it("throws nothing but a Refusal, whatever the body", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(() => parseTrigger(body, place.account)).toThrow(Refusal);
      }),
    );
  });
});
