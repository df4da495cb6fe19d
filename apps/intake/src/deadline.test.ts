import { DeadlinePassed, inTimeFor } from "./deadline";

describe("inTimeFor", () => {
  it("gives what the work gives", async () => {
    await expect(inTimeFor(() => 30_000)(async () => "done")).resolves.toBe("done");
  });

  it("passes on what the work throws", async () => {
    const error = new Error("throttled");

    await expect(inTimeFor(() => 30_000)(() => Promise.reject(error))).rejects.toBe(error);
  });

  it.each([
    [7_000, true],
    [6_999, false],
  ])("with %d ms left begins the work: %s", async (left, begins) => {
    const work = jest.fn().mockResolvedValue(undefined);

    await inTimeFor(() => left)(work).catch((error: unknown) => expect(error).toBeInstanceOf(DeadlinePassed));

    expect(work).toHaveBeenCalledTimes(begins ? 1 : 0);
  });

  describe("with the clock in hand", () => {
    beforeEach(() => void jest.useFakeTimers());
    afterEach(() => void jest.useRealTimers());

    it("gives up a second before the function would time out", async () => {
      const given = inTimeFor(() => 10_000)(() => new Promise(() => undefined));
      const settled = jest.fn();
      given.catch(settled);

      await jest.advanceTimersByTimeAsync(8_999);
      expect(settled).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(1);
      expect(settled).toHaveBeenCalledWith(new DeadlinePassed("given up after 9000 ms"));
    });

    it("leaves no timer behind", async () => {
      await inTimeFor(() => 10_000)(async () => undefined);

      expect(jest.getTimerCount()).toBe(0);
    });
  });
});
