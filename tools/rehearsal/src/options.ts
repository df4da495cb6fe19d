import { parseArgs } from "node:util";
import { LandfallError, nearest } from "@landfall/core";
import { type Install, INSTALLS } from "./build";
import { type SourceKind, SOURCES } from "./source";
import { type Span } from "./span";

export const USAGE = `Runs the synthesized delivery pipeline on this machine: the real commands of each build in a clean folder, against
the emulator.

  npm run rehearse -- [--zone local] [options]

  --zone     an emulated zone with a section 'delivery'                         default: local
  --approve  answer every manual approval with yes, and ask nobody
  --from     begin with a stage or with stage/action, e.g. local/Deploy, with what an earlier run has handed on;
             for a zone that stays up between the runs: npm run local
  --until    end with a stage or with stage/action
  --once     one execution. Without it, the pipeline is run again as long as a plan has left stacks for the next one
  --install  ci: npm ci in each build, as the pipeline does; link: this workspace's packages      default: ci
  --source   head: the last commit; tree: the working tree as it is            default: head
  --help

LANDFALL_VERIFY_SKIP=types,lint,test leaves checks out of the stage Verify, which says so.
What is handed on, and all logs, are in dist/rehearsal/<zone>.`;

export interface Options extends Span {
  readonly zone: string;
  readonly approve: boolean;
  readonly once: boolean;
  readonly install: Install;
  readonly source: SourceKind;
}

/** @returns `undefined` where help is asked for @throws LandfallError in one line */
export function optionsOf(argv: readonly string[]): Options | undefined {
  const values = parsed(argv);
  if (values.help === true) return undefined;
  return {
    zone: values.zone ?? "local",
    approve: values.approve ?? false,
    once: values.once ?? false,
    from: values.from,
    until: values.until,
    install: oneOf("--install", values.install ?? "ci", INSTALLS),
    source: oneOf("--source", values.source ?? "head", SOURCES),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        zone: { type: "string" },
        approve: { type: "boolean" },
        once: { type: "boolean" },
        from: { type: "string" },
        until: { type: "string" },
        install: { type: "string" },
        source: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new LandfallError(`${(error as Error).message.split(". ")[0]}; see --help`);
  }
}

function oneOf<Value extends string>(name: string, given: string, known: readonly Value[]): Value {
  const found = known.find((value) => value === given);
  if (found !== undefined) return found;
  const guess = nearest(given, known);
  throw new LandfallError(
    `'${name}' must be one of ${known.join(", ")}, got: ${given}${guess === undefined ? "" : ` (did you mean '${guess}'?)`}`,
  );
}
