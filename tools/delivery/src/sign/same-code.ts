import { LandfallError } from "@landfall/core";
import { unzipSync } from "fflate";

/** Where a signature is within a zip. */
const SIGNATURE = /^META-INF\//;

/**
 * Holds that a signed zip is a bundle with a signature and nothing else, whoever has signed or kept it: another bundle of ours,
 * signed with the same profile, is code that Lambda would take.
 *
 * @param name of the function
 * @throws LandfallError naming the first file that differs
 */
export function assertSameCode(name: string, bundle: Uint8Array, signed: Uint8Array): void {
  const [was, is] = [filesIn(bundle), filesIn(signed)];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .sort()
    .find((file) => !same(was[file], is[file]) && (file in was || !SIGNATURE.test(file)));
  const wrong = changed ?? (Object.keys(is).some((file) => SIGNATURE.test(file)) ? undefined : "META-INF/");
  if (wrong === undefined) return;
  throw new LandfallError(
    `The signed code of ${name} must be the verified bundle and a signature, got another ${wrong}; nothing was done; remove it from the bucket of signed code and run the pipeline again`,
  );
}

/** The files of a zip; none where it is no zip at all. */
function filesIn(zip: Uint8Array): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(zip, { filter: ({ name }) => !name.endsWith("/") });
  } catch {
    return {};
  }
}

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
