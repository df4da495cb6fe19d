import { signCommand } from "./sign-command";
import { SigningWorkspace } from "./testing/signing-workspace";

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

const run = (...argv: string[]) => signCommand("/nowhere", argv, () => undefined);

describe("delivery sign", () => {
  it.each<[string, string[], string]>([
    [
      "nothing",
      [],
      "'--profile' must be a signing profile's name, e.g. standard_delivery, got: nothing\n" +
        "'--bucket' must be the name of the bucket of signed code, got: nothing",
    ],
    ["a profile with a hyphen", ["--profile", "a-b", "--bucket", "code"], "got: a-b"],
    ["what is no bucket", ["--profile", "ab", "--bucket", "../x"], "got: ../x"],
    ["what it does not know", ["--zone", "sandbox"], "Unknown option '--zone'; see --help"],
  ])("refuses %s", async (_, argv, message) => {
    await expect(run(...argv)).rejects.toThrow(message);
  });

  it("says in one line that AWS can't be reached", async () => {
    const workspace = new SigningWorkspace();
    Object.assign(process.env, {
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    });
    await expect(
      signCommand(workspace.root, ["--profile", "test_delivery", "--bucket", "code"], () => undefined),
    ).rejects.toThrow(
      /^AWS refused to sign with the profile test_delivery and the bucket code: .*ECONNREFUSED/,
    );
    workspace.remove();
  });
});
