import { createHash } from "node:crypto";
import { type ChainedRecord, isSoundChain } from "./record-chain";

/** Written with keys in order, as the canonical form has them. */
const sealed = (sequence: number, previous: string): ChainedRecord => {
  const open = { phase: "intended", previous, sequence };
  return { ...open, hash: createHash("sha256").update(JSON.stringify(open)).digest("hex") };
};
const first = sealed(1, "0".repeat(64));
const second = sealed(2, first.hash);
const third = sealed(3, second.hash);

describe("isSoundChain", () => {
  it("takes a chain as it was written, whatever the order of its keys", () => {
    const { phase, hash, sequence, previous } = third;
    expect(isSoundChain([first, second, { sequence, hash, previous, phase }])).toBe(true);
  });

  it.each<[string, readonly ChainedRecord[]]>([
    ["no record at all", []],
    ["a changed record", [first, { ...second, phase: "repaired" }, third]],
    ["a record with another's hash", [first, { ...second, hash: third.hash }]],
    ["a record left out", [first, third]],
    ["the first one left out", [second, third]],
    ["records that changed places", [first, third, second]],
    ["a record of another chain", [first, sealed(2, "f".repeat(64))]],
  ])("refuses %s", (_, records) => {
    expect(isSoundChain(records)).toBe(false);
  });
});
