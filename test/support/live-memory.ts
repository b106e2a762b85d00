import { once } from "node:events";
import { WebSocket } from "ws";

/** Has a gateway started with it answer `liveMemory`. */
export const INSPECTED = { NODE_OPTIONS: "--inspect=127.0.0.1:0" };

/**
 * What a process holds, MB, after it has collected its garbage: its heap and its buffers. What the machine gives it beyond that is the
 * collector's to give back or keep. `output` is what it wrote: where its inspector listens stands there.
 */
export async function liveMemory(output: string): Promise<number> {
  const [address] = /ws:\/\/127\.0\.0\.1:\S+/.exec(output) ?? [];
  if (!address) throw new Error("The process has no inspector.");
  const socket = new WebSocket(address);
  await once(socket, "open");
  let id = 0;
  const call = async (method: string, params: object = {}) => {
    id += 1;
    socket.send(JSON.stringify({ id, method, params }));
    const [text] = await once(socket, "message");
    return JSON.parse(String(text)).result;
  };
  await call("HeapProfiler.collectGarbage");
  const expression = "process.memoryUsage().heapUsed + process.memoryUsage().external";
  const { result } = await call("Runtime.evaluate", { expression });
  socket.terminate();
  return result.value / 1e6;
}
