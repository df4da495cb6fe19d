import { type Alarm, alarmLine, newlyRinging } from "./alarms";

const at = (time: string): Date => new Date(`2026-01-01T${time}Z`);

const alarm = (name: string, rings: boolean, since: Date | undefined): Alarm => ({
  name,
  region: "eu-west-1",
  account: "123456789012",
  rings,
  since,
});

describe("newlyRinging", () => {
  it("finds what came into ALARM since the deployment, and leaves out what rang before or is quiet", () => {
    const alarms = [
      alarm("earlier", true, at("09:59:59")),
      alarm("new", true, at("10:00:00")),
      alarm("quiet", false, at("10:05:00")),
      alarm("timeless", true, undefined),
    ];
    expect(newlyRinging(alarms, at("10:00:00")).map(({ name }) => name)).toEqual(["new", "timeless"]);
  });
});

describe("alarmLine", () => {
  it("says where and since when it rings", () => {
    expect(alarmLine(alarm("errors", true, at("10:00:00")))).toBe(
      "errors (123456789012 eu-west-1) since 2026-01-01T10:00:00.000Z",
    );
    expect(alarmLine(alarm("errors", true, undefined))).toMatch(/since an unknown time$/);
  });
});
