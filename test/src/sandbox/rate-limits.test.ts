import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { CountryCode, type PlaidApi } from "plaid";
import { limits } from "../../../adapters/plaid/limits.ts";
import { publishedLimits } from "../../../src/app/published-limits.ts";
import { sdkClient } from "../../support/sdk-client.ts";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

const MINUTE_MS = 60_000;

describe("a sandbox that holds its clients to the published rate limits", () => {
  let types: SdkTypes;
  let sandbox: TestSandbox;
  let client: PlaidApi;
  beforeAll(() => {
    types = readSdkTypes();
  });
  afterEach(() => sandbox.close());
  const start = async (column: "production" | "sandbox") => {
    sandbox = await startTestSandbox({ limits: publishedLimits(column) });
    client = sdkClient(sandbox.endpoints.PLAID, types);
  };
  /** Codes of the errors among so many calls. */
  const codes = async (count: number, call: () => Promise<unknown>) => {
    const found: string[] = [];
    for (let made = 0; made < count; made += 1) {
      await call().catch(({ response }) => found.push(`${response.status} ${response.data.error_code}`));
    }
    return found;
  };

  it("refuses the sixth balance of an item within a minute, and takes it in the next", async () => {
    await start("production");
    const [one = "", other = ""] = sandbox.demo.PLAID;
    const balance = (access_token: string) => () => client.accountsBalanceGet({ access_token });
    expect(await codes(7, balance(one))).toEqual(["429 BALANCE_LIMIT", "429 BALANCE_LIMIT"]);
    expect(await codes(5, balance(other))).toEqual([]);
    await expect(balance(one)()).rejects.toMatchObject({
      response: {
        status: 429,
        data: { error_type: "RATE_LIMIT_EXCEEDED", error_message: expect.stringContaining("/accounts/balance/get") },
      },
    });
    sandbox.clock.advance(MINUTE_MS - 1);
    expect(await codes(1, balance(one))).toEqual(["429 BALANCE_LIMIT"]);
    sandbox.clock.advance(1);
    expect(await codes(5, balance(one))).toEqual([]);
  });

  it("counts the calls of a client on no item, by the column that is asked for", async () => {
    const list = () => client.institutionsGet({ count: 1, offset: 0, country_codes: [CountryCode.Us] });
    for (const column of ["sandbox", "production"] as const) {
      await start(column);
      const most = limits[column]["/institutions/get"]?.perClient ?? 0;
      expect(most).toBeGreaterThan(0);
      expect(await codes(most + 1, list)).toEqual(["429 INSTITUTIONS_GET_LIMIT"]);
      if (column === "sandbox") await sandbox.close();
    }
  });

  it("counts the calls on a report for that report", async () => {
    await start("production");
    const create = async () => {
      const access_tokens = [...sandbox.demo.PLAID];
      return (await client.assetReportCreate({ access_tokens, days_requested: 1 })).data.asset_report_token;
    };
    const [one, other] = [await create(), await create()];
    sandbox.clock.advance(2_000);
    const read = (asset_report_token: string) => () => client.assetReportGet({ asset_report_token });
    expect(await codes(16, read(one))).toEqual(["429 RATE_LIMIT"]);
    expect(await codes(1, read(other))).toEqual([]);
  });

  it("holds nobody to any that it was not told of", async () => {
    sandbox = await startTestSandbox({ limits: publishedLimits("off") });
    client = sdkClient(sandbox.endpoints.PLAID, types);
    const access_token = sandbox.demo.PLAID[1] ?? "";
    expect(await codes(30, () => client.investmentsRefresh({ access_token }))).toEqual([]);
    await sandbox.close();
    await start("sandbox");
    expect(await codes(2, () => client.investmentsRefresh({ access_token }))).toEqual(["429 RATE_LIMIT"]);
    const { body } = await sandbox.atLinkMoney("/institutions/get", { count: 1, offset: 0 });
    expect(body.institutions).toHaveLength(1);
  });
});
