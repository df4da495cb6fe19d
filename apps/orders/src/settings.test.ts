import { readApiSettings, readFulfilmentSettings, readOutboxSettings } from "./settings";

describe("settings", () => {
  it("names every missing or wrong variable at once", () => {
    expect(() => readApiSettings({ AWS_REGION: "eu-west-1", ORDERS_TABLE: "", TOKEN_ISSUER: "me" })).toThrow(
      "Wrong environment: ORDERS_TABLE is empty; IDEMPOTENCY_TABLE is missing; ISSUERS_TABLE is missing; TOKEN_ISSUER must be a URL; TOKEN_AUDIENCE is missing",
    );
    expect(() => readOutboxSettings({})).toThrow(/AWS_REGION is missing; FAILURES_QUEUE_URL is missing/);
    expect(() => readFulfilmentSettings({})).toThrow(/ORDERS_TABLE is missing/);
  });
});
