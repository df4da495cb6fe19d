/** Numbers from 0 up to 1, the same for the same seed. */
export type Random = () => number;

/**
 * A generator of numbers that are random enough for a test, and the same again for the same seed (mulberry32).
 *
 * @param seed a whole number
 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A generator for one thing of many, which does not depend on the order they are asked about. */
export const seededFor = (seed: number, ...names: readonly (string | number)[]): Random => {
  let hash = seed >>> 0;
  for (const letter of names.join("\u0000"))
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return seeded(hash);
};
