/**
 * How the bus knows an accepted order. The functions have their own copy in `src/event.ts`, since neither side may import the
 * other: a test of each pins it.
 */
export const ACCEPTED = { source: "landfall.orders", detailType: "Order Accepted" } as const;
