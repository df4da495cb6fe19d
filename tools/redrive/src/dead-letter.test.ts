import { type Message } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import { harmless, readDeadLetter } from "./dead-letter";

const attributes = (values: Record<string, string>): Message => ({
  MessageAttributes: Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  ),
});
const uploaded = JSON.stringify({
  "detail-type": "Object Created",
  detail: { bucket: { name: "inbox" }, object: { key: "bad.json" } },
});

describe("readDeadLetter", () => {
  it.each([
    ["our functions", { reason: "malformed-json", detail: "no JSON" }, "malformed-json", "no JSON"],
    ["EventBridge", { ERROR_CODE: "NO_PERMISSIONS", ERROR_MESSAGE: "refused" }, "NO_PERMISSIONS", "refused"],
    ["Lambda", { ErrorCode: "200", ErrorMessage: "Unhandled" }, "200", "Unhandled"],
    ["a function that gives no detail", { reason: "too-large" }, "too-large", ""],
  ])("takes the reason that %s gives", (_name, given, reason, detail) => {
    expect(readDeadLetter(attributes(given))).toMatchObject({ reason, detail });
  });

  it("says of a message without a reason how often it was received", () => {
    const message = { MessageId: "1", Attributes: { ApproximateReceiveCount: "6", SentTimestamp: "0" } };
    expect(readDeadLetter(message)).toMatchObject({
      id: "1",
      reason: "given-up",
      detail: "received 6 times",
      sentAt: new Date(0),
    });
  });

  it.each([
    ["the object of an upload", uploaded, "s3://inbox/bad.json"],
    ["the kind of another event", JSON.stringify({ "detail-type": "Order Placed" }), "Order Placed"],
    ["nothing of other JSON", JSON.stringify({ password: "hunter2" }), "(unknown)"],
    ["nothing of null", "null", "(unknown)"],
    ["nothing of other text", "hunter2", "(not JSON)"],
  ])("names %s", (_name, Body, about) => {
    expect(readDeadLetter({ Body }).about).toBe(about);
  });

  it("throws at no message, and gives single lines", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.json()),
        fc.string({ unit: "binary" }),
        (Body, reason) => {
          const letter = readDeadLetter({ Body, ...attributes({ reason }) });
          expect(letter.reason + letter.detail + letter.about).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        },
      ),
    );
  });
});

describe("harmless", () => {
  it.each([
    ["a line break", "a\n2026-11-25 forged", "a?2026-11-25 forged"],
    ["a terminal's escape", "\u001b[2Jgone", "?[2Jgone"],
    ["text turned round", "a\u202egnp.exe", "a?gnp.exe"],
    ["a lone surrogate", "a\ud800", "a?"],
    ["nothing in ordinary text", "潮汐 é", "潮汐 é"],
  ])("replaces %s", (_name, given, shown) => {
    expect(harmless(given)).toBe(shown);
  });

  it("cuts what is long", () => {
    expect(harmless("x".repeat(121))).toBe(`${"x".repeat(120)}…`);
  });
});
