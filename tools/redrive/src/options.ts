import { parseArgs } from "node:util";
import { LandfallError } from "@landfall/core";

/** Which dead letters are sent through again; none where they are only listed. */
export type Choice =
  | { readonly kind: "none" }
  | { readonly kind: "all" }
  | { readonly kind: "some"; readonly ids: readonly string[]; readonly reasons: readonly string[] };

export interface Options {
  readonly zone: string;
  /** As given: `intake-documents`, or the queue's whole name. */
  readonly queue: string;
  /** @default the zone's home region */
  readonly region?: string;
  readonly choice: Choice;
  /** Nobody is asked. */
  readonly yes: boolean;
  /** Whole messages are shown. */
  readonly bodies: boolean;
}

export const help = `Lists the dead letters of a queue with their reasons, and sends them through again.

  npm run redrive -- --zone <zone> --queue <stack>-<queue> [--all | --message <id> … | --reason <reason> …]

  --zone      a folder of libs/zones, e.g. sandbox
  --queue     the queue that they are to go back to, e.g. intake-documents
  --region    another region than the zone's home region
  --all       send all of them
  --message   send the one with this id; may be repeated
  --reason    send those with this reason; may be repeated
  --bodies    show whole messages, which may be confidential
  --yes       send without asking

With none of --all, --message and --reason they are only listed. In an organization, sign in to the account of the queue, as the zone's operator.`;

/**
 * Reads the command line; `undefined` where help is asked for.
 *
 * @throws LandfallError that says what is missing or unknown
 */
export function parseOptions(argv: readonly string[]): Options | undefined {
  const { help: wanted, zone, queue, region, all, message, reason, yes, bodies } = parse(argv);
  if (wanted) return undefined;
  if (zone === undefined || queue === undefined) {
    const missing = zone === undefined ? "--zone" : "--queue";
    throw new LandfallError(
      `${missing} is missing, e.g. npm run redrive -- --zone sandbox --queue intake-documents`,
    );
  }
  const some = message.length + reason.length > 0;
  if (all && some)
    throw new LandfallError("--all leaves nothing to choose: drop it, or --message and --reason");
  const choice: Choice = all
    ? { kind: "all" }
    : some
      ? { kind: "some", ids: message, reasons: reason }
      : { kind: "none" };
  return { zone, queue, choice, yes, bodies, ...(region !== undefined && { region }) };
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        zone: { type: "string" },
        queue: { type: "string" },
        region: { type: "string" },
        all: { type: "boolean", default: false },
        message: { type: "string", multiple: true, default: [] },
        reason: { type: "string", multiple: true, default: [] },
        bodies: { type: "boolean", default: false },
        yes: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new LandfallError(`${(error as Error).message.split(". ")[0]}\n\n${help}`);
  }
}
