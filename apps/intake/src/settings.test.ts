import { readSettings } from "./settings";

const environment = {
  CATALOGUE_TABLE: "catalogue",
  IDEMPOTENCY_TABLE: "idempotency",
  QUARANTINE_PREFIX: "quarantine/",
  DEAD_LETTER_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/intake-dlq",
  MAX_DOCUMENT_BYTES: "262144",
};

describe("readSettings", () => {
  it("reads the environment", () => {
    expect(readSettings({ ...environment, OTHER: "x" })).toEqual({
      catalogueTable: "catalogue",
      idempotencyTable: "idempotency",
      quarantinePrefix: "quarantine/",
      deadLetterQueueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/intake-dlq",
      maxDocumentBytes: 262144,
    });
  });

  it("names every missing variable at once", () => {
    expect(() => readSettings({})).toThrow(
      "Wrong environment: CATALOGUE_TABLE is missing; IDEMPOTENCY_TABLE is missing; " +
        "QUARANTINE_PREFIX is missing; DEAD_LETTER_QUEUE_URL is missing; MAX_DOCUMENT_BYTES is missing",
    );
  });

  it.each([
    ["CATALOGUE_TABLE", "", "is empty"],
    ["QUARANTINE_PREFIX", "quarantine", "must be lower-case letters and a slash"],
    ["QUARANTINE_PREFIX", "/", "must be lower-case letters and a slash"],
    ["DEAD_LETTER_QUEUE_URL", "intake-dlq", "must be a URL"],
    ["MAX_DOCUMENT_BYTES", "0", "must be a whole number"],
    ["MAX_DOCUMENT_BYTES", "1e6", "must be a whole number"],
    ["MAX_DOCUMENT_BYTES", "-1", "must be a whole number"],
  ])("refuses %s=%j: %s", (variable, value, problem) => {
    expect(() => readSettings({ ...environment, [variable]: value })).toThrow(`${variable} ${problem}`);
  });
});
