import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { emulatedEnv, findEmulator } from "./emulator";

describe("findEmulator", () => {
  const root = mkdtempSync(join(tmpdir(), "landfall-emulator-"));
  const server = createServer((socket) => socket.end());
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
    mkdirSync(join(root, "dist/local"), { recursive: true });
  });
  afterAll(() => {
    server.close();
    rmSync(root, { recursive: true });
  });

  const notUp = "The local zone is not up; run this in another terminal: npm run local";
  const announce = (pid: number, at: number) =>
    writeFileSync(
      join(root, "dist/local/emulator.json"),
      JSON.stringify({ pid, endpoint: `http://127.0.0.1:${at}` }),
    );

  it("says how to start one when none is announced", async () => {
    await expect(findEmulator(root, "local")).rejects.toThrow(notUp);
  });

  it("finds one that lives and answers", async () => {
    announce(process.pid, port);
    expect(await findEmulator(root, "local")).toMatchObject({ pid: process.pid });
  });

  it("does not believe an announcement whose process or port is gone", async () => {
    announce(2 ** 22 + 1, port);
    await expect(findEmulator(root, "local")).rejects.toThrow(notUp);
    announce(process.pid, 1);
    await expect(findEmulator(root, "local")).rejects.toThrow(notUp);
  });
});

describe("emulatedEnv", () => {
  it("keeps the caller's AWS settings out", () => {
    const emulator = { pid: 1, endpoint: "", limits: "", startedAt: "", env: { AWS_ACCESS_KEY_ID: "test" } };
    expect(
      emulatedEnv({ PATH: "/bin", AWS_PROFILE: "production", AWS_ACCESS_KEY_ID: "real" }, emulator),
    ).toEqual({
      PATH: "/bin",
      AWS_ACCESS_KEY_ID: "test",
    });
  });
});
