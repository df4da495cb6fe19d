import { findMoto } from "./find-moto";
import { type CommandResult } from "./run-command";

const ok = (output: string): CommandResult => ({ ok: true, output, problem: "" });
const failed = (problem: string): CommandResult => ({ ok: false, output: "", problem });

/** A machine where a command that holds a key of the table gives its result, and any other fails. */
const machine = (answers: Readonly<Record<string, CommandResult>>) => {
  const commands: string[] = [];
  const run = (file: string, args: readonly string[]): Promise<CommandResult> => {
    const command = [file, ...args].join(" ");
    commands.push(command);
    const key = Object.keys(answers).find((part) => command.includes(part));
    return Promise.resolve((key === undefined ? undefined : answers[key]) ?? failed(`${file}: not found`));
  };
  return { run, commands };
};

const find = ({ run }: ReturnType<typeof machine>, onProgress = (_: string): void => undefined) =>
  findMoto({ venv: "/w/dist/local/venv", run, onProgress });

describe("findMoto", () => {
  it("takes the machine's own, and asks no further", async () => {
    const own = machine({ "python3 -c": ok("5.10.0") });

    expect(await find(own)).toEqual({ source: "machine", version: "5.10.0", program: "python3" });
    expect(own.commands).toHaveLength(1);
  });

  it("takes a virtual environment that was made before", async () => {
    const made = machine({ "python3 -c": ok("5.2.0"), "venv/bin/python -c": ok("5.2.1") });

    expect(await find(made)).toEqual({
      source: "virtual environment",
      version: "5.2.1",
      program: "/w/dist/local/venv/bin/python",
    });
    expect(made.commands.join()).not.toContain("pip");
  });

  it("makes a virtual environment, and says so", async () => {
    let installed = false;
    const said: string[] = [];
    const bare = machine({ "-m venv": ok("") });
    const run = (file: string, args: readonly string[]): Promise<CommandResult> => {
      if (args.includes("pip")) installed = true;
      if (file.includes("venv") && args[0] === "-c" && installed) return Promise.resolve(ok("5.2.1"));
      return args.includes("pip") ? Promise.resolve(ok("")) : bare.run(file, args);
    };

    expect(await find({ ...bare, run }, (message) => said.push(message))).toMatchObject({ version: "5.2.1" });
    expect(bare.commands).toContain("python3 -m venv --clear /w/dist/local/venv");
    expect(said).toEqual(["Installing moto 5.2.1 into a virtual environment (once)"]);
  });

  it("falls back to Docker", async () => {
    const docker = machine({ "docker version": ok("28.2.2"), "docker pull": ok("") });

    expect(await find(docker)).toEqual({ source: "docker", version: "5.2.1", program: "docker" });
    expect(docker.commands.at(-1)).toBe("docker pull --quiet motoserver/moto:5.2.1");
  });

  it("pulls no image that is there", async () => {
    const docker = machine({ "docker version": ok("28.2.2"), "docker image inspect": ok("[]") });

    expect(await find(docker)).toMatchObject({ source: "docker" });
    expect(docker.commands.join()).not.toContain("pull");
  });

  it("names everything that it tried, why it failed, and the next step", async () => {
    const none = machine({
      "python3 -c": ok("5.1.9"),
      "-m venv": ok(""),
      pip: failed("ERROR: No matching distribution found for moto[server]==5.2.1"),
      "docker version": failed("Cannot connect to the Docker daemon"),
    });

    await expect(find(none)).rejects.toThrow(
      [
        "No AWS emulator can be started. Tried:",
        "  machine, python3: moto 5.1.9 is older than 5.2.1",
        "  machine, python: python: not found",
        "  virtual environment, /w/dist/local/venv/bin/python: /w/dist/local/venv/bin/python: not found",
        "  virtual environment, /w/dist/local/venv/bin/python -m pip install --quiet moto[server]==5.2.1: ERROR: No matching distribution found for moto[server]==5.2.1",
        "  docker: Cannot connect to the Docker daemon",
        "Next: python3 -m pip install 'moto[server]==5.2.1', or start Docker.",
      ].join("\n"),
    );
  });
});
