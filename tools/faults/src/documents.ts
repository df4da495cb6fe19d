import { createHash } from "node:crypto";
import { LandfallError } from "@landfall/core";
import { seeded } from "./seeded";

/** How much of what is sent. */
export interface Mix {
  readonly seed: number;
  /** How many documents are uploaded in all. */
  readonly events: number;
  /** Share of uploads that repeat an earlier one, 0 to 1. */
  readonly duplicates: number;
  /** Share of uploads that can't be accepted, 0 to 1. */
  readonly poison: number;
}

interface Upload {
  /** Of the object. */
  readonly key: string;
  readonly body: Uint8Array;
}

/** An upload, and what must become of it. */
export type Planned = Upload &
  (
    | {
        readonly kind: "good" | "duplicate";
        /** SHA-256 of the content, in hexadecimal. */ readonly digest: string;
      }
    | { readonly kind: "poison"; /** Why it must be refused. */ readonly reason: string }
  );

/** Content that is refused whatever the checks' order, by its reason. */
const POISON: readonly (readonly [reason: string, body: (title: string) => string | Uint8Array])[] = [
  ["malformed-json", (title) => `{"title": "${title}`],
  ["unknown-field", (title) => JSON.stringify({ ...document(title), colour: "red" })],
  ["invalid-field", (title) => JSON.stringify({ ...document(title), issued: "soon" })],
  ["invalid-utf8", (title) => Buffer.concat([Buffer.from(`{"title": "${title}`), Buffer.from([0xff, 0x7d])])],
];

const document = (title: string) => ({ title, author: "M. Lyell", issued: "2026-01-31" });

/**
 * What is sent, in its order; the same for the same mix. Duplicates repeat the content of an earlier good document: half
 * of them under its own name, half under another.
 *
 * @throws LandfallError when the shares make no sense
 */
export function planUploads({ seed, events, duplicates, poison }: Mix): Planned[] {
  const shares = [duplicates, poison, 1 - duplicates - poison];
  if (!Number.isInteger(events) || events < 1 || shares.some((share) => !(share >= 0 && share <= 1))) {
    throw new LandfallError(
      `'events' must be a whole number from 1, the shares from 0 to 1 together, got: ${JSON.stringify({ events, duplicates, poison })}`,
    );
  }
  const random = seeded(seed);
  const kinds = shuffled(
    [
      ...Array<Planned["kind"]>(Math.round(events * duplicates)).fill("duplicate"),
      ...Array<Planned["kind"]>(Math.round(events * poison)).fill("poison"),
    ],
    events,
    random,
  );
  const good: Extract<Planned, { kind: "good" | "duplicate" }>[] = [];
  return kinds.map((kind, index) => {
    const name = `${String(index).padStart(6, "0")}-${Math.floor(random() * 2 ** 32).toString(16)}`;
    const original = good[Math.floor(random() * good.length)];
    if (kind === "duplicate" && original) {
      const key = random() < 0.5 ? original.key : `${name}.json`;
      return { ...original, kind, key };
    }
    if (kind === "poison") {
      const [reason, make] = POISON[Math.floor(random() * POISON.length)] as (typeof POISON)[number];
      return { kind, key: `${name}.json`, body: Buffer.from(make(name)), reason };
    }
    const body = Buffer.from(JSON.stringify(document(name)));
    const digest = createHash("sha256").update(body).digest("hex");
    const planned = { kind: "good", key: `${name}.json`, body, digest } as const;
    good.push(planned);
    return planned;
  });
}

/** The marked ones among so many, at random places but the first, which the duplicates need to be good. */
const shuffled = (
  marked: readonly Planned["kind"][],
  events: number,
  random: () => number,
): Planned["kind"][] => {
  const kinds: Planned["kind"][] = [
    ...marked,
    ...Array<Planned["kind"]>(Math.max(0, events - marked.length - 1)).fill("good"),
  ];
  for (let last = kinds.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [kinds[last], kinds[other]] = [kinds[other] ?? "good", kinds[last] ?? "good"];
  }
  return ["good" as const, ...kinds].slice(0, events);
};
