import { createServer } from "node:net";
import { LandfallError } from "@landfall/core";

const listen = (port: number): Promise<number> =>
  new Promise((settle, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => settle(typeof address === "object" && address ? address.port : port));
    });
  });

/**
 * A port of the loopback interface that nothing listens on.
 *
 * @param wanted the port to have. @default any
 * @throws LandfallError when the wanted port is taken
 */
export const freePort = async (wanted = 0): Promise<number> => {
  try {
    return await listen(wanted);
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === "EADDRINUSE"
        ? "is taken"
        : `can't be used (${String(error)})`;
    throw new LandfallError(
      `Port ${wanted} ${reason}. Next: end what listens on it, or choose another port.`,
    );
  }
};
