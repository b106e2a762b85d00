import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A TCP proxy on a port of its own whose connections can be frozen or cut. */
export interface SwitchableProxy {
  port: number;
  /** Connections stay open, and nothing passes any more. */
  freeze(): void;
  /** Ends all connections; new ones are as good as ever. */
  drop(): void;
  /** Ends all connections and refuses new ones. */
  cut(): Promise<void>;
}

/** A proxy to `target`. */
export async function switchableProxy(target: { host: string; port: number }): Promise<SwitchableProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      for (const socket of sockets) socket.unpipe();
    },
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
