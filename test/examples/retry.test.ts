import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { problemsOf } from "../../examples/problems.ts";
import { retry } from "../../examples/retry.ts";

const refusal = (extensions: object) => new Error("refused", { cause: [{ message: "no", extensions }] });

describe("retry", () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void jest.useRealTimers());

  /** A task that fails so, time after time, and then succeeds; and when it was tried. */
  function failing(...errors: Error[]) {
    const tried: number[] = [];
    const task = async () => {
      tried.push(Date.now() - 1_000_000);
      const error = errors[tried.length - 1];
      if (error) throw error;
      return "done";
    };
    return { task, tried };
  }

  it("waits until the latest retryAt", async () => {
    const retryAt = new Date(1_000_000 + 90_000).toISOString();
    const { task, tried } = failing(refusal({ code: "RATE_LIMITED", retryable: true, retryAt }));
    const done = retry(task);
    await jest.runAllTimersAsync();
    expect(await done).toBe("done");
    expect(tried).toEqual([0, 90_000]);
  });

  it("waits longer each time where nobody says when, and gives up after its attempts", async () => {
    const { task, tried } = failing(...[1, 2, 3, 4].map((n) => new Error(`network ${n}`)));
    const failed = retry(task, { attempts: 3 }).catch((error: unknown) => error);
    await jest.runAllTimersAsync();
    expect(await failed).toMatchObject({ message: "network 3" });
    const [, second = 0, third = 0] = tried;
    expect(tried).toHaveLength(3);
    expect(second).toBeGreaterThanOrEqual(250);
    expect(second).toBeLessThanOrEqual(500);
    expect(third - second).toBeGreaterThanOrEqual(500);
    expect(third - second).toBeLessThanOrEqual(1000);
  });

  it("counts anew after progress", async () => {
    let left = 6;
    const done = retry(
      async (progress) => {
        progress();
        if (left-- > 0) throw new Error("network");
      },
      { attempts: 2 },
    );
    await jest.runAllTimersAsync();
    await done;
    expect(left).toBe(-1);
  });

  it.each([
    ["what the caller must mend", refusal({ code: "BAD_USER_INPUT", retryable: false })],
    ["an error without a word about it", refusal({})],
  ])("does not try again %s", async (_name, error) => {
    const { task, tried } = failing(error);
    await expect(retry(task)).rejects.toBe(error);
    expect(tried).toHaveLength(1);
  });

  it("ends its waiting when it is aborted", async () => {
    const { task, tried } = failing(new Error("network"));
    const leave = new AbortController();
    const failed = retry(task, { signal: leave.signal }).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(0);
    leave.abort();
    expect(await failed).toBe(leave.signal.reason);
    expect(tried).toEqual([0]);
  });
});

describe("the problems of an error", () => {
  const errors = [
    { message: "no", path: ["a", 0], extensions: { code: "FORBIDDEN", action: "NONE", retryable: false } },
  ];
  const problem = {
    code: "FORBIDDEN",
    message: "no",
    path: ["a", 0],
    action: "NONE",
    retryable: false,
    retryAt: null,
    requestId: null,
  };

  it.each<[string, unknown]>([
    ["as the gateway's list", errors],
    ["of Apollo Client", { errors }],
    ["of urql", { graphQLErrors: errors }],
    ["of Relay", { source: { errors } }],
    ["of the examples themselves", new Error("refused", { cause: errors })],
  ])("are found %s", (_name, error) => {
    expect(problemsOf(error)).toEqual([problem]);
  });

  it.each([null, undefined, new TypeError("fetch failed"), "text", new Error("a", { cause: new Error("b") })])(
    "are none where the gateway said nothing: %p",
    (error) => {
      expect(problemsOf(error)).toEqual([]);
    },
  );
});
