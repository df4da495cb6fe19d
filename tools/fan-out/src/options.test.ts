import { help, parseOptions } from "./options";

const ZONES = ["local", "sandbox"];
const parse = (...argv: string[]) => parseOptions(argv, ZONES);

describe("the options of fan-out", () => {
  it("are a zone and a target, all stacks by default", () => {
    expect(parse("--zone", "sandbox", "--target", "plan")).toEqual({
      zone: "sandbox",
      target: "plan",
      affected: false,
      waves: false,
    });
    expect(parse("--zone=local", "--target=deploy", "--affected", "--waves")).toMatchObject({
      affected: true,
      waves: true,
    });
  });

  it("are explained when asked for", () => {
    expect(parse("-h")).toBeUndefined();
    expect(help).toContain("--affected");
  });

  it.each([
    [[], "'--zone' must be one of local, sandbox, got: nothing\n'--target' must be one of plan, apply"],
    [["--zone", "sandbx", "--target", "plan"], "got: sandbx (did you mean 'sandbox'?)"],
    [["--zone", "local", "--target", "destroy"], "drift, validate, got: destroy"],
    [["--zoen", "local"], "Unknown option '--zoen'"],
  ])("refuse %j", (argv, message) => {
    expect(() => parse(...argv)).toThrow(message);
  });
});
