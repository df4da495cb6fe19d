/** Why a message is refused for good. The codes are public: dead letters, metrics and alarms are keyed by them. */
export const refusalReasons = [
  "invalid-event",
  "too-large",
  "too-many-targets",
  "unknown-event",
  "foreign-account",
  "no-target",
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

const maxDetailLength = 256;

/** A permanent refusal: trying again can't help. Everything else that is thrown counts as transient. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: RefusalReason;
  /** For people: printable ASCII, 1 to 256 characters. Never quotes the message, so it may be logged. */
  readonly detail: string;

  constructor(reason: RefusalReason, detail: string) {
    const safe = detail.replace(/[^\x20-\x7e]/g, "?").slice(0, maxDetailLength);
    super(`${reason}: ${safe}`);
    this.reason = reason;
    this.detail = safe;
  }
}
