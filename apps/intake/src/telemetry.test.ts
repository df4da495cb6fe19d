import { type Line, useHarness } from "./testing/harness";
import { announce, goodCsv, goodJson, lambdaContext } from "./testing/samples";

const harness = useHarness();

describe("telemetry of the handler", () => {
  it("counts the cold start once", async () => {
    await harness.handle({ one: harness.upload("a.json", goodJson) });
    await harness.handle({ two: harness.upload("b.csv", goodCsv) });

    const coldStarts = harness.lines().filter((line) => "ColdStart" in line);
    expect(coldStarts).toEqual([
      expect.objectContaining({ ColdStart: 1, service: "intake", function_name: "intake-catalogue" }),
    ]);
  });

  it("logs one line a record, with what the record is about", async () => {
    harness.fail("GetObject", "slow.json", "SlowDown");

    await harness.handle({
      good: harness.upload("a.json", goodJson),
      bad: harness.upload("bad.json", "{"),
      slow: announce({ key: "slow.json" }),
    });

    const common = {
      level: "INFO",
      service: "intake",
      bucket: "inbox",
      function_request_id: lambdaContext().awsRequestId,
    };
    const digest = "80511fd471b5dba63ccb12bc01a03d7fd119d233a738abc85f6b794b2ceb4cdf";
    expect(harness.recordLines()).toEqual([
      expect.objectContaining({ ...common, messageId: "good", key: "a.json", outcome: "catalogued", digest }),
      expect.objectContaining({
        ...common,
        messageId: "bad",
        key: "bad.json",
        outcome: "refused",
        reason: "malformed-json",
      }),
      expect.objectContaining({
        ...common,
        messageId: "slow",
        key: "slow.json",
        outcome: "failed",
        error: expect.objectContaining({ name: "SlowDown" }),
      }),
    ]);
  });

  it("never writes document content", async () => {
    const secret = "hunter2";
    harness.fail("PutItem", "throttled.json", "ThrottlingException");

    await harness.handle({
      good: harness.upload("a.json", goodJson.replace("tides", secret)),
      field: harness.upload("b.json", goodJson.replace("title", secret)),
      json: harness.upload("c.json", `{"title": ${secret}`),
      csv: harness.upload("d.csv", `title\n"${secret}"x`),
      throttled: harness.upload("throttled.json", goodJson.replace("sea", secret)),
    });

    expect(harness.recordLines()).toHaveLength(5);
    expect(JSON.stringify(harness.lines())).not.toContain(secret);
    expect(JSON.stringify([harness.aws.deadLetters, harness.segments])).not.toContain(secret);
  });

  it("counts outcomes and bytes", async () => {
    harness.fail("GetObject", "slow.json", "SlowDown");
    const body = harness.upload("a.json", goodJson);

    await harness.handle({ one: body, two: body, slow: announce({ key: "slow.json" }) });

    expect(harness.lines()).toContainEqual(
      expect.objectContaining({
        service: "intake",
        DocumentsCatalogued: 1,
        DocumentsDeduplicated: 1,
        DocumentsFailed: 1,
        DocumentBytes: goodJson.length,
      }),
    );
  });

  it("counts refusals in total and by reason", async () => {
    await harness.handle({ one: harness.upload("bad.json", "{") });

    const [metric] = harness.lines().filter((line) => "DocumentsRefused" in line);
    expect(metric).toMatchObject({
      _aws: {
        CloudWatchMetrics: [{ Namespace: "Landfall", Dimensions: [["service"], ["service", "reason"]] }],
      },
      service: "intake",
      reason: "malformed-json",
      DocumentsRefused: 1,
    });
  });

  it("traces each record in its own segment, its AWS calls inside", async () => {
    const root = "1-5759e988-000000000000000000000001";
    harness.trace(root);

    await harness.handle({ good: harness.upload("a.json", goodJson), bad: harness.upload("bad.json", "{") });

    const segments = await harness.traced(root, 11);
    const [good, bad] = segments.filter(({ name }) => name === "## record");
    const calls = (record?: Line) =>
      segments.filter(({ parent_id }) => parent_id === record?.id).map(({ name }) => name);
    expect(good?.annotations).toEqual({ Service: "intake", outcome: "catalogued" });
    expect(calls(good)).toEqual(["S3", "DynamoDB", "DynamoDB", "DynamoDB"]);
    expect(bad?.annotations).toEqual({ Service: "intake", outcome: "refused", reason: "malformed-json" });
    expect(calls(bad)).toEqual(["S3", "S3", "S3", "S3", "SQS"]);
  });

  it("sends its trace along with a dead letter", async () => {
    const root = "1-5759e988-000000000000000000000003";
    harness.trace(root);

    await harness.handle({ bad: harness.upload("bad.json", "{") });

    expect(harness.aws.deadLetters[0]?.trace).toContain(`Root=${root};`);
  });

  it.each([
    ["names the trace that a message comes from", "Root=1-67891234-abcdef0123456789abcdef01;Sampled=1"],
    ["takes no other text for one", "Root=forged\nline"],
  ])("%s", async (_name, traceHeader) => {
    const root = `1-5759e988-00000000000000000000000${traceHeader.length % 10}`;
    harness.trace(root);

    await harness.handle({ good: harness.upload("a.json", goodJson) }, { traceHeader });

    const sender = /Root=(1-\w{8}-\w{24})/.exec(traceHeader)?.[1];
    const segments = await harness.traced(root, 5);
    const record = segments.find(({ name }) => name === "## record");
    expect((record?.annotations as Line | undefined)?.sender).toBe(sender);
    expect(harness.recordLines()[0]?.sender).toBe(sender);
  });

  it("marks the segment of a failed record", async () => {
    const root = "1-5759e988-000000000000000000000002";
    harness.trace(root);
    harness.fail("GetObject", "", "SlowDown");

    await harness.handle({ slow: announce() });

    const segments = await harness.traced(root, 2);
    const record = segments.find(({ name }) => name === "## record");
    expect(record).toMatchObject({ fault: true, annotations: { outcome: "failed" } });
  });
});
