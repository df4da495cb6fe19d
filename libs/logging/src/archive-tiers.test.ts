import { archiveTiers } from "./archive-tiers";

describe("archiveTiers", () => {
  it.each([
    [90, ["STANDARD_IA"]],
    [179, ["STANDARD_IA"]],
    [180, ["STANDARD_IA", "GLACIER_IR"]],
    [544, ["STANDARD_IA", "GLACIER_IR"]],
    [545, ["STANDARD_IA", "GLACIER_IR", "DEEP_ARCHIVE"]],
  ])("moves logs that stay %d days to the classes that pay off by then", (days, classes) => {
    expect(archiveTiers(days).map(({ storageClass }) => storageClass)).toEqual(classes);
  });
});
