import { describeStateLock, parseStateLock } from "./state-lock";

/** As Terraform 1.11.4 answers `force-unlock` with another id on a state in S3. */
const said = `Failed to unlock state: lock ID '00000000-0000-0000-0000-000000000000' does not match the existing lock ID '35f89477-b369-7779-796b-b6950e3be98d'
Lock Info:
  ID:        35f89477-b369-7779-796b-b6950e3be98d
  Path:      tiny-state/a.tfstate
  Operation: OperationTypeApply
  Who:       ana@laptop
  Version:   1.11.4
  Created:   2026-11-25 01:59:39.344049156 +0000 UTC
  Info:      
`;
const now = Date.UTC(2026, 10, 25, 5, 2);

describe("parseStateLock", () => {
  it("reads who holds it", () => {
    expect(parseStateLock(said)).toEqual({
      id: "35f89477-b369-7779-796b-b6950e3be98d",
      who: "ana@laptop",
      operation: "OperationTypeApply",
      created: "2026-11-25 01:59:39.344049156 +0000 UTC",
    });
  });

  it("reads nothing where nothing is said", () => {
    expect(parseStateLock("Failed to unlock state: LocalState not locked")).toBeUndefined();
  });
});

describe("describeStateLock", () => {
  const lock = {
    id: "1",
    who: "ana@laptop",
    operation: "OperationTypeApply",
    created: "2026-11-25 01:59:39.3 +0000 UTC",
  };

  it.each([
    [
      "elsewhere",
      {},
      "ci",
      "locked by ana@laptop, for a deploy or a destroy, since 2026-11-25 01:59:39 UTC (3 h ago)",
    ],
    [
      "on this machine",
      {},
      "laptop",
      "locked by ana@laptop, for a deploy or a destroy, since 2026-11-25 01:59:39 UTC (3 h ago), on this machine",
    ],
    [
      "at a time that can't be read",
      { created: "then", operation: "X" },
      "ci",
      "locked by ana@laptop, for X, since then",
    ],
  ])("says who holds it %s, for what and since when", (_where, rest, host, expected) => {
    expect(describeStateLock({ ...lock, ...rest }, now, host)).toBe(expected);
  });
});
