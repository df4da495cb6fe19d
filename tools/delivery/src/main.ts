/** `node tools/run.mjs delivery <stage>`: what each stage of the delivery pipeline runs. */
import { parseArgs } from "node:util";
import { LandfallError, nearest } from "@landfall/core";
import { zonesIn } from "@landfall/nx-terraform";
import { resolve } from "node:path";
import { deploy } from "./deploy/deploy";
import { drift } from "./drift";
import { plan } from "./plan/plan";
import { pullRequest } from "./pull-request/pull-request";
import { signCommand } from "./sign/sign-command";
import { verify } from "./verify/verify";
import { watch } from "./watch/watch";

const ROOT = resolve(__dirname, "../../..");

/** How long alarms are watched, in minutes. */
const WATCH = { minutes: 15, most: 240, since: 60 };

const HELP = `What the stages of the delivery pipeline run: in CodeBuild, in GitHub Actions, or here.

  node tools/run.mjs delivery verify [--zone <zone>…]         check the source and make dist/delivery/verified of it
  node tools/run.mjs delivery sign --profile <profile> --bucket <bucket>   have the code of functions signed: dist/delivery/signed
  node tools/run.mjs delivery plan --zone <zone>              plan from that: dist/plans/<zone>
  node tools/run.mjs delivery deploy --zone <zone>            apply exactly those plans, or refuse
  node tools/run.mjs delivery watch --zone <zone>             fail when an alarm goes off
  node tools/run.mjs delivery drift --zone <zone>             fail when something was changed outside of Terraform
  node tools/run.mjs delivery pull-request --zone <zone>…     verify, plan, and comment

  --zone      a folder of libs/zones; verify: all of them by default
  --minutes   watch: how long, 1 to ${WATCH.most}                              default: ${WATCH.minutes}
  --since     watch: an alarm counts that went off in the minutes before      default: ${WATCH.since}

An artifact that an earlier stage made is taken from where it was made, or from CODEBUILD_SRC_DIR_<artifact>.`;

const STAGES = ["verify", "sign", "plan", "deploy", "watch", "drift", "pull-request"];

const say = (line: string): void => console.log(line);

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === "sign") {
    await signCommand(ROOT, argv.slice(1), say);
    return 0;
  }
  const { stage, zones, minutes, since } = parsed(argv);
  if (stage === undefined) {
    say(HELP);
    return 0;
  }
  const known = zonesIn(ROOT);
  for (const zone of zones) assertKnown("zone", zone, known);
  if (stage === "verify") await verify(ROOT, zones.length === 0 ? known : zones, say);
  else if (stage === "pull-request") await pullRequest(ROOT, atLeastOne(stage, zones), say);
  else {
    const zone = exactlyOne(stage, zones);
    if (stage === "plan") await plan(ROOT, zone, say);
    else if (stage === "deploy") await deploy(ROOT, zone, say);
    else if (stage === "drift") await drift(ROOT, zone);
    else await watch(ROOT, zone, { minutes, sinceMinutes: since, say });
  }
  return 0;
}

interface Parsed {
  readonly stage: string | undefined;
  readonly zones: readonly string[];
  readonly minutes: number;
  readonly since: number;
}

/** @throws LandfallError in one line */
function parsed(argv: readonly string[]): Parsed {
  const { positionals, values } = words(argv);
  const [stage, ...others] = positionals;
  if (values.help === true || stage === undefined)
    return { stage: undefined, zones: [], minutes: 0, since: 0 };
  assertKnown("stage", stage, STAGES);
  if (others.length > 0)
    throw new LandfallError(`One stage is run at a time, got: ${positionals.join(", ")}`);
  return {
    stage,
    zones: values.zone ?? [],
    minutes: wholeNumber("minutes", values.minutes, WATCH.minutes, 1),
    since: wholeNumber("since", values.since, WATCH.since, 0),
  };
}

function words(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        zone: { type: "string", multiple: true },
        minutes: { type: "string" },
        since: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new LandfallError(`${(error as Error).message.split(". ")[0]}; see --help`);
  }
}

function wholeNumber(name: string, given: string | undefined, otherwise: number, least: number): number {
  const number = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(number) && number >= least && number <= WATCH.most) return number;
  throw new LandfallError(`'--${name}' must be a whole number from ${least} to ${WATCH.most}, got: ${given}`);
}

function assertKnown(what: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  const guess = nearest(given, known);
  throw new LandfallError(
    `'${what}' must be one of ${known.join(", ")}, got: ${given}${guess === undefined ? "" : ` (did you mean '${guess}'?)`}`,
  );
}

function atLeastOne(stage: string, zones: readonly string[]): readonly string[] {
  if (zones.length > 0) return zones;
  throw new LandfallError(`${stage} needs --zone, e.g. ${stage} --zone sandbox`);
}

function exactlyOne(stage: string, zones: readonly string[]): string {
  const [zone, ...others] = atLeastOne(stage, zones);
  if (zone !== undefined && others.length === 0) return zone;
  throw new LandfallError(`${stage} takes one --zone, got: ${zones.join(", ")}`);
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof LandfallError ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
