import { join } from "node:path";
import { deliveryTarget, type Zone } from "@landfall/core";
import { ROOT, ZONES } from "../workspace";

const zoneOf = async (name: string): Promise<Zone> =>
  ((await import(join(ROOT, "libs", "zones", name, "zone.ts"))) as { readonly zone: Zone }).zone;

/** A zone can't import another one: what its pipeline says of those that it delivers is written twice. */
describe.each(ZONES)("zone %s", (name) => {
  it("says of the zones that it delivers what they are", async () => {
    const { delivery } = await zoneOf(name);
    const said = delivery?.before ?? [];
    const zones = await Promise.all(said.map(({ zone }) => zoneOf(zone)));
    expect(said).toEqual(zones.map(deliveryTarget));
  });

  it("is delivered by a pipeline that delivers it", async () => {
    const zone = await zoneOf(name);
    const { pipeline } = zone.identity;
    const before = pipeline ? ((await zoneOf(pipeline.zone)).delivery?.before ?? []) : [];
    expect(before.map((each) => each.zone)).toEqual(pipeline ? expect.arrayContaining([name]) : []);
  });
});
