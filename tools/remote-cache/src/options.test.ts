import { help, parseOptions } from "./options";

const ENV = { LANDFALL_CACHE_BUCKET: "build-cache" };

describe("the options of remote-cache", () => {
  it("may only read unless the build is told that it may write", () => {
    const readOnly = (env: NodeJS.ProcessEnv, ...argv: string[]) =>
      parseOptions([...argv, "--", "npx", "nx"], { ...ENV, ...env })?.readOnly;
    expect(readOnly({})).toBe(true);
    expect(readOnly({ LANDFALL_CACHE_READ_ONLY: "true" })).toBe(true);
    expect(readOnly({ LANDFALL_CACHE_READ_ONLY: "false" })).toBe(false);
    expect(readOnly({ LANDFALL_CACHE_READ_ONLY: "false" }, "--read-only")).toBe(true);
  });

  it("are the bucket, its region and the command with its own options", () => {
    const argv = ["--bucket", "other", "--region", "eu-west-1", "--", "npx", "nx", "--help", "--", "x"];
    expect(parseOptions(argv, ENV)).toEqual({
      bucket: "other",
      region: "eu-west-1",
      readOnly: true,
      command: ["npx", "nx", "--help", "--", "x"],
    });
  });

  it.each([{}, { LANDFALL_CACHE_BUCKET: "" }])("name no bucket where none is set: %j", (env) => {
    expect(parseOptions(["--", "npx", "nx"], env)).toMatchObject({
      bucket: undefined,
      command: ["npx", "nx"],
    });
  });

  it("are explained when asked for", () => {
    expect(parseOptions(["-h"], {})).toBeUndefined();
    expect(help).toContain("--read-only");
  });

  it("are refused with every problem at once", () => {
    expect(() => parseOptions(["--bucket", ""], { LANDFALL_CACHE_READ_ONLY: "no" })).toThrow(
      [
        "'--bucket' must be a bucket's name, e.g. my-cache, got: nothing",
        "'LANDFALL_CACHE_READ_ONLY' must be one of true, false, got: no",
        "'command' must follow --, e.g. -- npx nx affected -t test, got: nothing",
      ].join("\n"),
    );
    expect(() => parseOptions(["--bucket", "../x", "--", "a"], {})).toThrow("got: ../x");
    expect(() => parseOptions(["--bukcet", "x"], {})).toThrow("Unknown option '--bukcet'");
  });
});
