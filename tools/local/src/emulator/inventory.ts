import { LandfallError } from "@landfall/core";

/**
 * What exists in the emulator beyond what an empty account holds, e.g. `sqs eu-west-1 Queue orders`; sorted.
 *
 * Not listed are sessions, messages and log lines, nor a KMS key that waits for its deletion, as AWS keeps those.
 */
export async function listResources({ endpoint }: { readonly endpoint: string }): Promise<string[]> {
  const response = await fetch(`${endpoint}/_landfall/resources`);
  if (!response.ok)
    throw new LandfallError(`The emulator can't list its resources: HTTP ${response.status}.`);
  return (await response.json()) as string[];
}
