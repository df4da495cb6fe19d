import { type Limits, applyLimits, staleLimits } from "./limits";
import type { TerraformJson } from "./terraform-json";

const limits = (partial: Partial<Limits>): Limits => ({ notEmulated: [], drifts: [], ...partial });
const leaveOut = (address: string, stack = "intake") => ({
  stack,
  address,
  why: "no backend",
  retiredBy: "x",
});
const drift = (resource: string, attribute: string, stack = "*") => ({
  stack,
  resource,
  attribute,
  why: "",
  retiredBy: "",
});

const json: TerraformJson = {
  resource: {
    aws_xray_group: { one: { name: "one" }, two: { name: "two" } },
    aws_sqs_queue: {
      q: { name: "q", depends_on: ["aws_xray_group.one"], lifecycle: { prevent_destroy: true } },
    },
  },
};

describe("applyLimits", () => {
  it("removes resources by exact address, with the order that others had on them", () => {
    const fitted = applyLimits(json, "intake", limits({ notEmulated: [leaveOut("aws_xray_group.one")] }));

    expect(fitted.notEmulated).toEqual([{ address: "aws_xray_group.one", why: "no backend" }]);
    expect(fitted.json.resource?.["aws_xray_group"]).toEqual({ two: { name: "two" } });
    expect(fitted.json.resource?.["aws_sqs_queue"]?.["q"]?.["depends_on"]).toEqual([]);
  });

  it("removes a whole type by pattern, and its empty block with it", () => {
    const fitted = applyLimits(json, "intake", limits({ notEmulated: [leaveOut("aws_xray_group.*")] }));

    expect(fitted.notEmulated.map(({ address }) => address)).toEqual([
      "aws_xray_group.one",
      "aws_xray_group.two",
    ]);
    expect(fitted.json.resource).not.toHaveProperty("aws_xray_group");
  });

  it("takes a pattern's dots as dots", () => {
    expect(
      applyLimits(json, "intake", limits({ notEmulated: [leaveOut("aws.xray_group.*")] })).notEmulated,
    ).toEqual([]);
  });

  it("leaves another stack's resources alone", () => {
    const other = limits({ notEmulated: [leaveOut("aws_xray_group.*", "network")] });
    expect(applyLimits(json, "intake", other)).toEqual({ json, notEmulated: [] });
  });

  it.each([
    [
      "a resource",
      { resource: { ...json.resource, aws_x: { x: { group: "${aws_xray_group.one.arn}" } } } },
      "aws_x.x",
    ],
    ["an output", { ...json, output: { arn: { value: "${aws_xray_group.one.arn}" } } }, "the output blocks"],
  ])("refuses to remove what %s still refers to", (_what, used, user) => {
    expect(() =>
      applyLimits(used, "intake", limits({ notEmulated: [leaveOut("aws_xray_group.one")] })),
    ).toThrow(`aws_xray_group.one is not emulated, but ${user} refers to it`);
  });

  it("does not take a longer name for a reference", () => {
    const used = {
      resource: { ...json.resource, aws_x: { x: { group: "${aws_xray_group.one_more.arn}" } } },
    };
    expect(() =>
      applyLimits(used, "intake", limits({ notEmulated: [leaveOut("aws_xray_group.one")] })),
    ).not.toThrow();
  });

  it("ignores drifting attributes, beside what the lifecycle already says", () => {
    const drifts = [drift("aws_sqs_queue", "redrive_policy"), drift("aws_sqs_queue", "tags", "network")];
    const fitted = applyLimits(json, "intake", limits({ drifts }));

    expect(fitted.json.resource?.["aws_sqs_queue"]?.["q"]?.["lifecycle"]).toEqual({
      prevent_destroy: true,
      ignore_changes: ["redrive_policy"],
    });
  });

  it.each([
    [["name"], ["name", "redrive_policy"]],
    [["redrive_policy"], ["redrive_policy"]],
    ["all", "all"],
  ])("merges ignore_changes %j into %j", (already, merged) => {
    const resource = { aws_sqs_queue: { q: { lifecycle: { ignore_changes: already } } } };
    const fitted = applyLimits(
      { resource },
      "intake",
      limits({ drifts: [drift("aws_sqs_queue", "redrive_policy")] }),
    );

    expect(fitted.json.resource?.["aws_sqs_queue"]?.["q"]?.["lifecycle"]).toEqual({ ignore_changes: merged });
  });

  it("does not change what it was given", () => {
    const before = structuredClone(json);
    applyLimits(
      json,
      "intake",
      limits({ notEmulated: [leaveOut("*.one")], drifts: [drift("aws_sqs_queue", "x")] }),
    );
    expect(json).toEqual(before);
  });
});

describe("staleLimits", () => {
  it("names the entries that match nothing in any stack", () => {
    const entries = limits({
      notEmulated: [
        leaveOut("aws_xray_group.*"),
        leaveOut("aws_xray_group.gone"),
        leaveOut("aws_xray_group.*", "network"),
      ],
      drifts: [drift("aws_sqs_queue", "redrive_policy"), drift("aws_kms_key", "rotation_period_in_days")],
    });

    expect(staleLimits(entries, [{ stack: "intake", json }])).toEqual([
      "intake: aws_xray_group.gone",
      "network: aws_xray_group.*",
      "*: aws_kms_key.*.rotation_period_in_days",
    ]);
  });
});
