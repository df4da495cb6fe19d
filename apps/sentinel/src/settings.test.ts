import { readSettings } from "./settings";

const env = {
  AWS_REGION: "eu-west-1",
  ACCOUNT_ID: "123456789012",
  ZONE: "standard",
  REPAIR_MODE: "dry-run",
  IGNORED_ARNS: '["arn:aws:s3:::website"]',
  RECORDS_BUCKET: "records",
  IDEMPOTENCY_TABLE: "idempotency",
  NOTICES_TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:notices",
  DEAD_LETTER_QUEUE_URL: "https://sqs.example.com/dead",
};

describe("readSettings", () => {
  it("reads what the stack sets", () => {
    expect(readSettings(env)).toMatchObject({
      place: { account: "123456789012", region: "eu-west-1" },
      mode: "dry-run",
      ignored: ["arn:aws:s3:::website"],
    });
  });

  it("names everything that is wrong at once", () => {
    expect(() =>
      readSettings({ ...env, REPAIR_MODE: "yes", ACCOUNT_ID: "1", IGNORED_ARNS: '["*"]', ZONE: undefined }),
    ).toThrow(
      "Wrong environment: ACCOUNT_ID must be 12 digits; ZONE is missing; REPAIR_MODE must be repair or dry-run; IGNORED_ARNS must be a JSON list of ARN patterns",
    );
  });

  it.each(["no JSON", "{}", "[1]"])("refuses %s as patterns: nothing would be ignored", (IGNORED_ARNS) => {
    expect(() => readSettings({ ...env, IGNORED_ARNS })).toThrow(/IGNORED_ARNS must be a JSON list/);
  });
});
