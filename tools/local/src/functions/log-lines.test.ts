import { readLog } from "./log-lines";

const emf = (metrics: Record<string, number | number[]>) =>
  JSON.stringify({
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        {
          Namespace: "Landfall",
          Dimensions: [["service"]],
          Metrics: Object.keys(metrics).map((Name) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    service: "intake",
    ...metrics,
  });

describe("readLog", () => {
  it("adds up metrics over lines and lists of values", () => {
    expect(readLog([emf({ Catalogued: 2, Rejected: 1 }), emf({ Catalogued: [1, 3] })])).toEqual({
      metrics: { Catalogued: 6, Rejected: 1 },
      logs: [],
    });
  });

  it("keeps structured lines and passes over the rest", () => {
    expect(readLog(['{"level":"INFO","message":"catalogued"}', "plain", "[1]", "null", "{", ""])).toEqual({
      metrics: {},
      logs: [{ level: "INFO", message: "catalogued" }],
    });
  });

  it("takes no metric from a line that only looks like one", () => {
    const { metrics, logs } = readLog([
      '{"_aws":{"CloudWatchMetrics":"none"},"a":1}',
      '{"_aws":{"CloudWatchMetrics":[1]}}',
    ]);

    expect(metrics).toEqual({});
    expect(logs).toHaveLength(1);
  });
});
