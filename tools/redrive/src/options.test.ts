import { parseOptions } from "./options";

const given = ["--zone", "local", "--queue", "intake-documents"];

describe("parseOptions", () => {
  it("only lists where nothing is chosen", () => {
    expect(parseOptions(given)).toEqual({
      zone: "local",
      queue: "intake-documents",
      choice: { kind: "none" },
      yes: false,
      bodies: false,
    });
  });

  it("takes all, or those with ids and reasons", () => {
    expect(parseOptions([...given, "--all", "--yes"])).toMatchObject({ choice: { kind: "all" }, yes: true });
    expect(
      parseOptions([...given, "--message", "1", "--message", "2", "--reason", "too-large"]),
    ).toMatchObject({ choice: { kind: "some", ids: ["1", "2"], reasons: ["too-large"] } });
  });

  it("takes a region", () => {
    expect(parseOptions([...given, "--region", "eu-central-1"])).toMatchObject({ region: "eu-central-1" });
  });

  it("gives nothing where help is asked for", () => {
    expect(parseOptions(["--help"])).toBeUndefined();
  });

  it.each([
    [["--queue", "q"], "--zone is missing"],
    [["--zone", "local"], "--queue is missing"],
    [[...given, "--all", "--reason", "x"], "--all leaves nothing to choose"],
    [[...given, "--everything"], "Unknown option '--everything'"],
    [[...given, "extra"], "Unexpected argument 'extra'"],
  ])("refuses %j", (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(message);
  });
});
