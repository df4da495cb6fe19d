import { Refusal } from "./refusal";

describe("Refusal", () => {
  it("carries the reason and the detail", () => {
    const refusal = new Refusal("too-large", "at most 10 bytes");

    expect(refusal).toMatchObject({
      reason: "too-large",
      detail: "at most 10 bytes",
      message: "too-large: at most 10 bytes",
    });
  });

  it.each([
    ["replaces what is not printable ASCII", "line\nbreak \u001b[31m é", "line?break ?[31m ?"],
    ["cuts a long detail", "x".repeat(1000), "x".repeat(256)],
  ])("%s", (_name, detail, expected) => {
    expect(new Refusal("invalid-field", detail).detail).toBe(expected);
  });
});
