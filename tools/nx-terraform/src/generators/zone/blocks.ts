import { isCidr, LandfallError, overlaps, prefixLength, subBlock } from "@landfall/core";
import { type ZoneData } from "./zone";

/** What zones are cut from: the largest block of private addresses. @see RFC 1918 */
const PRIVATE = "10.0.0.0/8";

type Zones = ReadonlyMap<string, ZoneData>;

/** Every block that a zone has or keeps clear of. */
const takenBy = ({ network }: ZoneData): string[] =>
  [network?.block, ...(network?.reserved ?? [])].filter(
    (block): block is string => block !== undefined && isCidr(block),
  );

/**
 * The next block that no zone uses, as large as that of a zone: the first free one after the lowest that is in use, so that
 * what lies below stays for what is no zone.
 *
 * @throws LandfallError when there is none left
 */
export function freeBlock(zones: Zones, like: ZoneData): string {
  const taken = [...zones.values()].flatMap(takenBy);
  const prefix = like.network?.block === undefined ? 14 : prefixLength(like.network.block);
  const all = Array.from({ length: 2 ** Math.max(0, prefix - prefixLength(PRIVATE)) }, (_, index) =>
    subBlock(PRIVATE, Math.max(prefix, prefixLength(PRIVATE)), index),
  );
  const isFree = (block: string) => !taken.some((other) => overlaps(block, other));
  const first = Math.max(
    0,
    all.findIndex((block) => !isFree(block)),
  );
  const found = [...all.slice(first), ...all.slice(0, first)].find(isFree);
  if (found === undefined) {
    throw new LandfallError(`No /${prefix} is left in ${PRIVATE}: give a block of your own with --block.`);
  }
  return found;
}

/** @throws LandfallError when another zone has a part of the block: networks that are joined later would clash */
export function checkBlock(zones: Zones, name: string, block: string): void {
  for (const [zone, data] of zones) {
    const clash = takenBy(data).find((other) => overlaps(block, other));
    if (clash === undefined) continue;
    throw new LandfallError(`Can't make the zone '${name}':`, [
      { path: "block", given: block, allowed: `clear of the zone '${zone}' (${clash})` },
    ]);
  }
}
