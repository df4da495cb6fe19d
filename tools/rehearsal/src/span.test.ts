import { type Action } from "./pipeline";
import { spanOf } from "./span";

const action = (stage: string, name: string): Action => ({
  stage,
  name,
  category: "Build",
  provider: "CodeBuild",
  inputs: [],
  outputs: [],
  namespace: undefined,
  configuration: {},
  project: undefined,
});

const ACTIONS = [
  action("Source", "Source"),
  action("local", "Plan"),
  action("local", "Approve"),
  action("local", "Deploy"),
];

const names = (from?: string, until?: string) => spanOf(ACTIONS, { from, until }).map(({ name }) => name);

describe("spanOf", () => {
  it.each([
    [undefined, undefined, ["Source", "Plan", "Approve", "Deploy"]],
    ["local", undefined, ["Plan", "Approve", "Deploy"]],
    ["local/Deploy", undefined, ["Deploy"]],
    [undefined, "local/plan", ["Source", "Plan"]],
    ["source", "Source", ["Source"]],
  ])("from %s until %s is %j", (from, until, expected) => {
    expect(names(from, until)).toEqual(expected);
  });

  it("names what there is, and the nearest", () => {
    expect(() => names("local/Deplo")).toThrow(
      "'--from' must be one of Source, Source/Source, local, local/Plan, local/Approve, local/Deploy, got: local/Deplo (did you mean 'local/Deploy'?)",
    );
  });

  it("refuses an end before the beginning", () => {
    expect(() => names("local", "Source")).toThrow(
      "'--from' must come before '--until', got: local and Source",
    );
  });
});
