import { describe, expect, it } from "@jest/globals";
import { institutionCountries } from "../../../adapters/plaid/institution-countries.ts";
import type { ErrorCode } from "../../../schema/enums.ts";
import { GatewayError } from "../../../src/errors.ts";

/** What a Plaid answers to a client that is enabled for these countries, and which countries each of its calls named. */
function plaidOf(enabled: readonly string[] | "all", known: Record<string, string>) {
  const asked: number[] = [];
  const ask = institutionCountries();
  const find = (id: string) =>
    ask(async (countries) => {
      asked.push(countries.length);
      if (enabled !== "all" && countries.some((code) => !enabled.includes(code))) throw refusal("PROVIDER_ERROR");
      const country = known[id];
      if (country === undefined || !countries.some((code) => code === country)) throw refusal("NOT_FOUND");
      return id;
    });
  return { asked, find };
}

function refusal(code: ErrorCode, httpStatus = 400): GatewayError {
  return new GatewayError(code, "PLAID: no.", { upstream: { provider: "PLAID", httpStatus } });
}

const BANKS = { us: "US", ca: "CA", fi: "FI" };

describe("an institution at Plaid", () => {
  it.each(["us", "ca", "fi"])("is found wherever it is by one call: %s", async (id) => {
    const { asked, find } = plaidOf("all", BANKS);
    expect(await find(id)).toBe(id);
    expect(asked).toEqual([20]);
  });

  it("is found where the client is enabled, by a call more for all of them", async () => {
    const { asked, find } = plaidOf(["US", "CA"], BANKS);
    for (const id of ["us", "ca", "us"]) expect(await find(id)).toBe(id);
    await expect(find("fi")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(asked).toEqual([20, 2, 2, 2, 2]);
  });

  it("is found at home when the client is enabled for no other country", async () => {
    const { asked, find } = plaidOf(["US"], BANKS);
    expect(await find("us")).toBe("us");
    expect(await find("us")).toBe("us");
    await expect(find("ca")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(asked).toEqual([20, 2, 1, 1, 1]);
  });

  it("that is nowhere shows too what the client is enabled for", async () => {
    const { asked, find } = plaidOf(["US"], BANKS);
    await expect(find("xx")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await find("us");
    expect(asked).toEqual([20, 2, 1, 1]);
  });

  it.each<[string, ErrorCode, number]>([
    ["is not found", "NOT_FOUND", 400],
    ["is down", "INSTITUTION_UNAVAILABLE", 400],
    ["cannot be asked for now", "PROVIDER_RATE_LIMITED", 429],
    ["is behind an error of Plaid's own", "PROVIDER_UNAVAILABLE", 500],
  ])("that %s costs no second call", async (_, code, status) => {
    const ask = institutionCountries();
    const asked: number[] = [];
    const fail = () =>
      ask(async (countries) => {
        asked.push(countries.length);
        throw refusal(code, status);
      });
    await expect(fail()).rejects.toMatchObject({ code });
    await expect(fail()).rejects.toMatchObject({ code });
    expect(asked).toEqual([20, 20]);
  });

  it("whose own id is refused in every country leaves all of them to be asked for", async () => {
    const ask = institutionCountries();
    const asked: number[] = [];
    const fail = () =>
      ask(async (countries) => {
        asked.push(countries.length);
        throw refusal("PROVIDER_ERROR");
      });
    await expect(fail()).rejects.toMatchObject({ code: "PROVIDER_ERROR" });
    await expect(fail()).rejects.toMatchObject({ code: "PROVIDER_ERROR" });
    expect(asked).toEqual([20, 2, 1, 20, 2, 1]);
  });
});
