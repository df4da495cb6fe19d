import { parseArgs } from "node:util";
import { LandfallError } from "@landfall/core";
import { S3CodeStore } from "./code-store";
import { sign } from "./sign";
import { Signer } from "./signer";

/** What AWS allows as a profile's name, and S3 as a bucket's. */
const RULES = {
  profile: { pattern: /^[A-Za-z0-9_]{2,64}$/, allowed: "a signing profile's name, e.g. standard_delivery" },
  bucket: { pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, allowed: "the name of the bucket of signed code" },
} as const;

/**
 * `delivery sign --profile <profile> --bucket <bucket>`: the credentials and the region are those of the caller.
 *
 * @param argv what comes after `sign`
 * @throws LandfallError in one line for each problem
 */
export async function signCommand(
  root: string,
  argv: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { profile, bucket } = parsed(argv);
  const [store, signer] = [new S3CodeStore(bucket), new Signer({ profile })];
  try {
    await sign(root, { profile, store, signer, say });
  } catch (error) {
    throw isOfAws(error)
      ? new LandfallError(
          `AWS refused to sign with the profile ${profile} and the bucket ${bucket}: ${error.name}: ${error.message}; sign in, and see who may in libs/delivery/README.md`,
        )
      : error;
  } finally {
    store.close();
    signer.close();
  }
}

/** What the SDK says of AWS, or of the way to it: not a mistake of ours. */
const isOfAws = (error: unknown): error is Error =>
  error instanceof Error &&
  ("$metadata" in error || "$fault" in error || error.name === "CredentialsProviderError");

function parsed(argv: readonly string[]): Record<keyof typeof RULES, string> {
  const values = words(argv);
  const problems = (["profile", "bucket"] as const)
    .filter((option) => !RULES[option].pattern.test(values[option] ?? ""))
    .map((option) => `'--${option}' must be ${RULES[option].allowed}, got: ${values[option] ?? "nothing"}`);
  if (problems.length > 0) throw new LandfallError(problems.join("\n"));
  return { profile: values.profile ?? "", bucket: values.bucket ?? "" };
}

function words(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { profile: { type: "string" }, bucket: { type: "string" } },
    }).values;
  } catch (error) {
    throw new LandfallError(`${(error as Error).message.split(". ")[0]}; see --help`);
  }
}
