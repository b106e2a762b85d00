import { readFile, writeFile } from "node:fs/promises";

/** What a process of this machine has in memory, MB. */
export interface Memory {
  now: number;
  /** The most since `forgetPeak`. */
  peak: number;
}

/** Looks at a process from outside, as its machine does: /proc, so on Linux only. */
export async function memoryOf(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
  return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") };
}

/** Counts the peak from now on. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, "5");
}
