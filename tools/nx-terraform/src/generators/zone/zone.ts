import { defineZone, type ZoneInput } from "@landfall/core";
import { logger, type Tree } from "@nx/devkit";
import { placeFiles } from "../shared/place-files";
import { mustBeOneOf, zoneNames } from "../shared/workspace-names";
import { checkBlock, freeBlock } from "./blocks";
import { readZone } from "./read-zone";

export interface ZoneOptions {
  readonly name: string;
  /** A zone of one account that the rest is taken from. @default "sandbox" */
  readonly from?: string;
  /** The id of the AWS account: 12 digits, with hyphens or without. Nx makes a number of digits alone. */
  readonly account: string | number;
  /** The DNS name of the zone. */
  readonly domain: string;
  /** Gets the zone's alarms and findings: an e-mail address. @default that of `from` */
  readonly contact?: string;
  /** The home region. @default that of `from` */
  readonly region?: string;
  /** The recovery region, or `none`. @default that of `from` */
  readonly recovery?: string;
  /** CIDR that the VPCs are cut from. @default the next one that no zone uses, as large as that of `from` */
  readonly block?: string;
}

/**
 * Writes a zone's data, taken from another zone.
 *
 * @throws LandfallError with every value that is not allowed
 */
export async function zoneGenerator(tree: Tree, options: ZoneOptions): Promise<void> {
  const { name, from = "sandbox", block } = options;
  const zones = new Map(zoneNames(tree).map((zone) => [zone, readZone(tree, zone)]));
  const sources = [...zones].filter(([zone, data]) => zone !== name && isSource(data)).map(([zone]) => zone);
  mustBeOneOf("from", from, sources);
  const source = zones.get(from) ?? {};
  const others = new Map([...zones].filter(([zone]) => zone !== name));
  // What was given before counts on a second run, too: the next free block would be another one then.
  const chosen = block ?? zones.get(name)?.network?.block ?? freeBlock(others, source);
  const input = zoneInput(options, source, chosen);
  // It throws where a value is not allowed; what it returns holds the defaults too, which a zone leaves out.
  defineZone(input as ZoneInput);
  checkBlock(others, name, chosen);

  const file = new Map([[`libs/zones/${name}/zone.ts`, text(input, from)]]);
  if (await placeFiles(tree, `The zone '${name}'`, file)) logger.info(nextSteps(name, chosen));
}

/** A zone's data as its file has it: not validated yet. */
export type ZoneData = Partial<ZoneInput>;

const isSource = ({ account, emulated }: ZoneData): boolean => account !== undefined && emulated !== true;

function zoneInput(options: ZoneOptions, source: ZoneData, block: string): ZoneData {
  const { name, account, domain, contact, region, recovery } = options;
  const home = region ?? source.regions?.home;
  const other = recovery ?? source.regions?.recovery;
  return {
    ...source,
    name,
    account: String(account).replaceAll("-", ""),
    regions: {
      home,
      ...(other !== undefined && other !== "none" && { recovery: other }),
    } as ZoneInput["regions"],
    network: { ...source.network, block },
    domain,
    contacts: {
      ...source.contacts,
      ...(contact !== undefined && { security: contact }),
    } as ZoneInput["contacts"],
  };
}

const text = (input: ZoneData, from: string): string => `import { defineZone } from "@landfall/core";

/** One account, with what the zone \`${from}\` has. */
export const zone = defineZone(${unquoted(JSON.stringify(input, undefined, 2))});
`;

/** Keys without quotation marks where TypeScript needs none. */
const unquoted = (json: string): string => json.replace(/^( *)"([A-Za-z]\w*)":/gm, "$1$2:");

const nextSteps = (name: string, block: string): string =>
  [
    `The zone '${name}' is made, with the block ${block}. Next:`,
    `  libs/zones/${name}/zone.ts                                see what it was given`,
    `  npx nx run-many -t synth --configuration=${name}          what it becomes; then -t validate`,
    `  npm run bootstrap -- --zone ${name}                       an administrator, once`,
    `  npx nx run-many -t deploy --configuration=${name}         with credentials of its account`,
    "  libs/zones/README.md                                      name it in the table of zones",
    "  npm run docs                                              writes what the pages say of permissions and reachability",
  ].join("\n");
