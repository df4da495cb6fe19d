import { optionsOf } from "./options";

describe("optionsOf", () => {
  it("rehearses the last commit of the local zone, and asks, where nothing else is said", () => {
    expect(optionsOf([])).toEqual({
      zone: "local",
      approve: false,
      once: false,
      from: undefined,
      until: undefined,
      install: "ci",
      source: "head",
    });
  });

  it("takes what is said", () => {
    expect(
      optionsOf(["--zone=lab", "--approve", "--once", "--install", "link", "--source=tree"]),
    ).toMatchObject({
      zone: "lab",
      approve: true,
      once: true,
      install: "link",
      source: "tree",
    });
    expect(optionsOf(["--help"])).toBeUndefined();
  });

  it.each([
    [["--install=yarn"], "'--install' must be one of ci, link, got: yarn"],
    [["--source=heed"], "'--source' must be one of head, tree, got: heed (did you mean 'head'?)"],
    [["--aprove"], "Unknown option '--aprove'"],
  ])("tells a mistake in one line: %j", (argv, message) => {
    expect(() => optionsOf(argv)).toThrow(message);
  });
});
