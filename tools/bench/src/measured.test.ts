import { tmpdir } from "node:os";
import { measured } from "./measured";

describe("measured", () => {
  it("counts the memory of the largest process and the work of all of them", () => {
    const child =
      "Buffer.alloc(200 * 1024 * 1024, 1); const end = performance.now() + 300; while (performance.now() < end);";
    const script = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}])`;
    const { status, milliseconds, cpuMilliseconds, peakMegabytes } = measured(["-e", script], tmpdir());
    expect(status).toBe(0);
    expect(milliseconds).toBeGreaterThan(300);
    expect(cpuMilliseconds).toBeGreaterThan(100);
    expect(peakMegabytes).toBeGreaterThan(200);
  });

  it("tells a failed run by its status and what it printed", () => {
    expect(measured(["-e", "console.log('why'); process.exit(3)"], tmpdir())).toMatchObject({
      status: 3,
      output: "why\n",
    });
  });

  it("ends what takes too long", () => {
    expect(
      measured(["-e", "setInterval(() => undefined, 1000)"], tmpdir(), { timeoutSeconds: 0.5 }).status,
    ).toBe(null);
  });
});
