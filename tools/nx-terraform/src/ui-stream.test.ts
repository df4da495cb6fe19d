import { parseUiLine, parseValidation } from "./ui-stream";

const resource = { addr: "aws_vpc.this" };
const parse = (message: object) => parseUiLine(JSON.stringify({ "@level": "info", ...message }));

describe("parseUiLine", () => {
  it("reads a planned change", () => {
    expect(parse({ type: "planned_change", change: { resource, action: "replace" } })).toEqual({
      type: "planned",
      address: "aws_vpc.this",
      action: "replace",
    });
  });

  it.each([
    ["apply_start", "started"],
    ["apply_complete", "completed"],
    ["apply_errored", "errored"],
  ])("reads %s", (type, seen) => {
    expect(parse({ type, hook: { resource, action: "create", elapsed_seconds: 12 } })).toEqual({
      type: seen,
      address: "aws_vpc.this",
      action: "create",
      seconds: 12,
    });
  });

  it("reads the counts", () => {
    expect(parse({ type: "change_summary", changes: { add: 3, change: 2, remove: 1 } })).toEqual({
      type: "summary",
      add: 3,
      change: 2,
      destroy: 1,
    });
  });

  it("reads an error, with the resource that Terraform or else its snippet names", () => {
    const error = { severity: "error", summary: "no" };
    expect(parse({ type: "diagnostic", diagnostic: { ...error, address: "aws_vpc.this" } })).toMatchObject({
      diagnostic: { severity: "error", summary: "no", detail: "", address: "aws_vpc.this" },
    });
    expect(
      parse({ type: "diagnostic", diagnostic: { ...error, snippet: { context: "resource.aws_vpc.this" } } }),
    ).toMatchObject({
      diagnostic: { address: "aws_vpc.this" },
    });
    expect(parse({ type: "diagnostic", diagnostic: { ...error, snippet: { context: null } } })).toMatchObject(
      {
        diagnostic: { address: undefined },
      },
    );
  });

  it.each(["", "panic: runtime error", '{"@level":"info","ty', '{"type":"version","terraform":"1.11.4"}'])(
    "passes over %j",
    (line) => {
      expect(parseUiLine(line)).toBeUndefined();
    },
  );
});

describe("parseValidation", () => {
  it("reads what validate says", () => {
    const said = {
      valid: false,
      diagnostics: [
        { severity: "error", summary: "a", detail: "b", snippet: { context: "resource.aws_x.y" } },
      ],
    };
    expect(parseValidation(JSON.stringify(said))).toEqual([
      { severity: "error", summary: "a", detail: "b", address: "aws_x.y" },
    ]);
  });
});
