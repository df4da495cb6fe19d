/** Why a request is refused, each with the HTTP status that says so. The codes are public: clients and metrics know them. */
export const refusals = {
  "malformed-request": 400,
  "malformed-json": 400,
  "too-deep": 400,
  "invalid-idempotency-key": 400,
  unauthorized: 401,
  "not-found": 404,
  "method-not-allowed": 405,
  "in-progress": 409,
  "too-large": 413,
  "unsupported-type": 415,
  "invalid-order": 422,
  "key-reused": 422,
} as const;

export type RefusalReason = keyof typeof refusals;

const maxDetailLength = 256;

/** A refusal that the client can do something about. Everything else that is thrown is a fault of ours. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: RefusalReason;
  /** For the client and the log: printable ASCII, at most 256 characters. Never quotes the request. */
  readonly detail: string;

  constructor(reason: RefusalReason, detail: string) {
    const safe = detail.replace(/[^\x20-\x7e]/g, "?").slice(0, maxDetailLength);
    super(`${reason}: ${safe}`);
    this.reason = reason;
    this.detail = safe;
  }

  get status(): number {
    return refusals[this.reason];
  }
}
