import { describe, expect, it } from "@jest/globals";
import type { Reading } from "../../../adapters/adapter.ts";
import type { ErrorCode } from "../../../schema/enums.ts";
import type { StoredError } from "../../../src/errors/stored-error.ts";
import { GatewayError } from "../../../src/errors.ts";
import { createLoaders } from "../../../src/loaders/loaders.ts";
import { card, checking, type FakeAdapter, fakeAdapter, reading } from "../../support/fake-adapter.ts";
import { emptyStore, type TestReadDeps, testReadDeps } from "../../support/loader-deps.ts";

const never = new AbortController().signal;

function request(deps: TestReadDeps, signal = never) {
  return createLoaders({ ...deps, store: emptyStore }, "ann", signal);
}

/** A call that ends when the test says so. */
function held<T>() {
  let end: (value: T) => void = () => {};
  const answer = new Promise<T>((resolve) => {
    end = resolve;
  });
  return { answer, end };
}

/** A Plaid whose accounts answer what `next` gives, in turn; then the usual. */
function plaidAnswering(...next: (GatewayError | Reading<(typeof checking)[]>)[]): FakeAdapter {
  return fakeAdapter({
    readAccounts: async () => {
      const answer = next.shift() ?? reading("/accounts/get", [checking]);
      if (answer instanceof GatewayError) throw answer;
      return answer;
    },
  });
}

const down = new GatewayError("PROVIDER_UNAVAILABLE", "Plaid answered 500.", {
  upstream: { provider: "PLAID", httpStatus: 500, requestId: "request-9" },
  retryAt: Date.UTC(2026, 2, 1, 13),
});

describe("a read", () => {
  it("gives nouns with their ids and where they came from", async () => {
    const deps = testReadDeps();
    const item = deps.sealedItem();
    const loaders = request(deps);
    const accounts = await loaders.accounts(item);
    const holdings = await loaders.holdings(item);
    const liabilities = await loaders.liabilities(item);
    const origin = { provider: "PLAID", fetchedAt: "2026-03-01T12:00:00.000Z", cached: false };
    const accountsGet = { ...origin, endpoint: "/accounts/get", requestId: "request-of-/accounts/get" };
    expect(accounts.value?.map(({ remoteId }) => remoteId)).toEqual(["acc-checking", "acc-brokerage", "acc-card"]);
    expect(accounts.value?.[0]).toMatchObject({
      itemId: item.id,
      provenance: accountsGet,
      lastBalances: { current: "110.5", provenance: accountsGet },
    });
    expect(holdings.value?.holdings).toMatchObject([
      { itemId: item.id, quantity: "3", provenance: { endpoint: "/investments/holdings/get" } },
    ]);
    expect(liabilities.value?.liabilities).toMatchObject([{ itemId: item.id, kind: "CREDIT_CARD", isOverdue: false }]);
    const ids = [
      ...(accounts.value ?? []),
      ...(holdings.value?.holdings ?? []),
      ...(holdings.value?.securities.values() ?? []),
      ...(liabilities.value?.liabilities ?? []),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
    expect([accounts, holdings, liabilities].flatMap(({ unavailable }) => unavailable)).toEqual([]);
  });

  it("is told as cached when it was fetched before", async () => {
    const deps = testReadDeps();
    const item = deps.sealedItem();
    await request(deps).accounts(item);
    const { value } = await request(deps).accounts(item);
    expect(value?.[0]).toMatchObject({ provenance: { cached: true }, lastBalances: { provenance: { cached: true } } });
  });

  it("begins at once for every item and product", async () => {
    const gate = held<void>();
    const after = <T>(endpoint: string, data: T) => gate.answer.then(() => reading(endpoint, data));
    const plaid = fakeAdapter({
      readAccounts: () => after("/accounts/get", [checking]),
      readHoldings: () => after("/investments/holdings/get", { accounts: [], holdings: [], securities: [] }),
      readLiabilities: () => after("/liabilities/get", { accounts: [], liabilities: [] }),
    });
    const deps = testReadDeps({ plaid });
    const loaders = request(deps);
    const reads = [deps.sealedItem(), deps.sealedItem()].flatMap((item) => [
      loaders.accounts(item),
      loaders.holdings(item),
      loaders.liabilities(item),
    ]);
    await new Promise(setImmediate);
    expect(plaid.calls).toHaveLength(6);
    gate.end();
    expect((await Promise.all(reads)).every(({ value }) => value !== null)).toBe(true);
  });

  it("does not wait for another item's", async () => {
    const deps = testReadDeps({ plaid: fakeAdapter({ readAccounts: () => new Promise(() => {}) }) });
    const loaders = request(deps);
    void loaders.accounts(deps.sealedItem());
    const { value } = await loaders.accounts(deps.sealedItem({ provider: "LINK_MONEY" }));
    expect(value).toHaveLength(3);
  });

  it("refuses another viewer's row", async () => {
    const deps = testReadDeps();
    await expect(request(deps).accounts(deps.sealedItem({ viewer: "bob" }))).rejects.toThrow("not of the viewer");
  });

  it("rejects for a fault of our own, and tries anew when asked again", async () => {
    let faults = 0;
    const plaid = fakeAdapter({
      readAccounts: async () => {
        if (faults++ === 0) throw new TypeError("a bug");
        return reading("/accounts/get", [checking]);
      },
    });
    const deps = testReadDeps({ plaid });
    const loaders = request(deps);
    const item = deps.sealedItem();
    await expect(loaders.accounts(item)).rejects.toThrow("a bug");
    expect((await loaders.accounts(item)).value).toHaveLength(1);
  });
});

describe("one account", () => {
  it("comes from the item's accounts where nothing brought it", async () => {
    const deps = testReadDeps();
    const item = deps.sealedItem();
    const loaders = request(deps);
    const [found, absent] = await Promise.all([loaders.account(item, "acc-card"), loaders.account(item, "acc-none")]);
    expect(found).toMatchObject({ value: { name: "Card" }, unavailable: [] });
    expect(absent).toEqual({ value: null, unavailable: [] });
    expect(deps.plaid.calls).toHaveLength(1);
  });

  it("is brought by holdings, liabilities and fresh balances, which do not stand for all accounts", async () => {
    const deps = testReadDeps();
    const item = deps.sealedItem();
    const loaders = request(deps);
    await Promise.all([loaders.holdings(item), loaders.liabilities(item)]);
    await loaders.account(item, "acc-brokerage");
    await loaders.account(item, "acc-card");
    expect(deps.plaid.count("readAccounts")).toBe(0);
    expect((await loaders.accounts(item)).value).toHaveLength(3);
    expect(deps.plaid.count("readAccounts")).toBe(1);
  });

  it("is not taken from another item of the same aggregator", async () => {
    const deps = testReadDeps();
    const [one, other] = [deps.sealedItem(), deps.sealedItem()];
    const loaders = request(deps);
    await loaders.holdings(one);
    expect((await loaders.account(other, "acc-brokerage")).value?.itemId).toBe(other.id);
  });

  it("says why it could not be had", async () => {
    const deps = testReadDeps({ plaid: plaidAnswering(down) });
    const { value, unavailable } = await request(deps).account(deps.sealedItem(), "acc-checking");
    expect(value).toBeNull();
    expect(unavailable).toMatchObject([{ error: { code: "PROVIDER_UNAVAILABLE" } }]);
  });
});

describe("fresh balances", () => {
  it("are asked for once a request, and again in the next", async () => {
    const deps = testReadDeps();
    const item = deps.sealedItem();
    const loaders = request(deps);
    const [one, again] = await Promise.all([loaders.freshBalances(item), loaders.freshBalances(item)]);
    expect(again.value).toEqual(one.value);
    expect(one.value?.get("acc-checking")).toMatchObject({
      current: "110.5",
      provenance: { endpoint: "/accounts/balance/get", cached: false },
    });
    await request(deps).freshBalances(item);
    expect(deps.plaid.count("readBalances")).toBe(2);
  });
});

describe("what could not be read", () => {
  it("names item, product, error, action and when to come back", async () => {
    const deps = testReadDeps({ plaid: plaidAnswering(down) });
    const item = deps.sealedItem();
    expect(await request(deps).accounts(item)).toEqual({
      value: null,
      unavailable: [
        {
          itemUuid: item.id,
          provider: "PLAID",
          product: "ACCOUNTS",
          action: "RETRY_LATER",
          error: {
            code: "PROVIDER_UNAVAILABLE",
            message: "Plaid answered 500.",
            provider: "PLAID",
            httpStatus: 500,
            requestId: "request-9",
            retryable: true,
            retryAt: "2026-03-01T13:00:00.000Z",
            ...{ displayMessage: null, errorType: null, errorCode: null, errorCodeReason: null },
            ...{ documentationUrl: null, suggestedAction: null, causes: [] },
          },
        },
      ],
    });
  });

  it("leaves the other items and products complete", async () => {
    const deps = testReadDeps({ plaid: plaidAnswering(down, down) });
    const [broken, whole] = [deps.sealedItem(), deps.sealedItem({ provider: "LINK_MONEY" })];
    const loaders = request(deps);
    const [accounts, holdings, others] = await Promise.all([
      loaders.accounts(broken),
      loaders.holdings(broken),
      loaders.accounts(whole),
    ]);
    expect([accounts.value, holdings.value?.holdings.length, others.value?.length]).toEqual([null, 1, 3]);
  });

  it("of a record's worth is named by its path, beside all the others", async () => {
    const answer = reading("/accounts/get", [checking, card]);
    const leftOut = Array.from({ length: 22 }, (_, index) => ({
      path: `accounts[${index + 2}].name`,
      problem: "found null, wanted a string",
    }));
    const deps = testReadDeps({ plaid: plaidAnswering({ ...answer, leftOut }) });
    const { value, unavailable } = await request(deps).accounts(deps.sealedItem());
    expect(value).toHaveLength(2);
    expect(unavailable).toMatchObject([{ product: "ACCOUNTS", error: { code: "PROVIDER_BAD_RESPONSE" } }]);
    expect(unavailable[0]?.error.message).toMatch(
      /accounts\[2\]\.name \(found null, wanted a string\), .*and 2 more\.$/,
    );
  });

  it.each([
    ["the adapter lacks", fakeAdapter({ readHoldings: undefined })],
    [
      "the aggregator does not offer",
      fakeAdapter({ readHoldings: () => Promise.reject(new GatewayError("PRODUCT_UNSUPPORTED", "not for this item")) }),
    ],
  ])("because %s it is UNSUPPORTED, and that is remembered", async (_, plaid) => {
    const deps = testReadDeps({ plaid });
    const item = deps.sealedItem();
    for (const loaders of [request(deps), request(deps)]) {
      const { value, unavailable } = await loaders.holdings(item);
      expect(value).toBeNull();
      expect(unavailable).toMatchObject([
        { product: "INVESTMENTS", action: "UNSUPPORTED", error: { code: "PRODUCT_UNSUPPORTED" } },
      ]);
    }
    expect(plaid.count("readHoldings")).toBeLessThanOrEqual(1);
  });

  it("because its aggregator is not configured is PROVIDER_MISCONFIGURED", async () => {
    const deps = { ...testReadDeps(), adapters: new Map() };
    const { unavailable } = await request(deps).accounts(deps.sealedItem());
    expect(unavailable).toMatchObject([{ action: "CONTACT_SUPPORT", error: { code: "PROVIDER_MISCONFIGURED" } }]);
    await expect(request(deps).institution("PLAID", "ins_1")).rejects.toMatchObject({ code: "PROVIDER_MISCONFIGURED" });
  });

  it("in time is PROVIDER_TIMEOUT, at once when the operation's deadline passes", async () => {
    const deps = testReadDeps({ plaid: fakeAdapter({ readAccounts: () => new Promise(() => {}) }) });
    const operation = new AbortController();
    const loaders = request(deps, operation.signal);
    const reads = [loaders.accounts(deps.sealedItem()), loaders.accounts(deps.sealedItem({ provider: "LINK_MONEY" }))];
    await new Promise(setImmediate);
    operation.abort(new GatewayError("PROVIDER_TIMEOUT", "No answer within 15 s."));
    const [hung, whole] = await Promise.all(reads);
    expect(hung).toMatchObject({ value: null, unavailable: [{ error: { code: "PROVIDER_TIMEOUT" } }] });
    expect(whole?.value).toHaveLength(3);
  });
});

describe("a request that ends early", () => {
  it("does not end a call that another request waits for", async () => {
    const gate = held<Reading<(typeof checking)[]>>();
    const plaid = fakeAdapter({ readAccounts: () => gate.answer });
    const deps = testReadDeps({ plaid });
    const item = deps.sealedItem();
    const operation = new AbortController();
    const left = request(deps, operation.signal).accounts(item);
    const stayed = request(deps).accounts(item);
    await new Promise(setImmediate);
    operation.abort();
    expect((await left).unavailable).toMatchObject([{ error: { code: "PROVIDER_TIMEOUT" } }]);
    expect(plaid.calls[0]?.signal?.aborted).toBe(false);
    gate.end(reading("/accounts/get", [checking]));
    expect((await stayed).value).toHaveLength(1);
    expect(plaid.calls).toHaveLength(1);
  });

  it("ends the calls that nobody else waits for", async () => {
    const plaid = fakeAdapter({ readAccounts: () => new Promise(() => {}) });
    const deps = testReadDeps({ plaid });
    const operations = [new AbortController(), new AbortController()];
    const item = deps.sealedItem();
    const reads = operations.map(({ signal }) => request(deps, signal).accounts(item));
    await new Promise(setImmediate);
    for (const operation of operations) operation.abort();
    await Promise.all(reads);
    expect(plaid.calls.map(({ signal }) => signal?.aborted)).toEqual([true]);
  });
});

describe("an older answer", () => {
  const HOUR = 3_600_000;

  it("is shown when the aggregator fails, with its age and what failed", async () => {
    const deps = testReadDeps({ plaid: plaidAnswering(reading("/accounts/get", [checking]), down) });
    const item = deps.sealedItem();
    await request(deps).accounts(item);
    deps.clock.advance(HOUR);
    const { value, unavailable } = await request(deps).accounts(item);
    expect(value).toMatchObject([
      { remoteId: "acc-checking", provenance: { cached: true, fetchedAt: "2026-03-01T12:00:00.000Z" } },
    ]);
    expect(unavailable).toMatchObject([{ product: "ACCOUNTS", error: { code: "PROVIDER_UNAVAILABLE" } }]);
  });

  it.each<ErrorCode>(["ITEM_REVOKED", "ITEM_CONSENT_REQUIRED"])("is gone for good after %s", async (code) => {
    const ended = new GatewayError(code, "ended");
    const deps = testReadDeps({ plaid: plaidAnswering(reading("/accounts/get", [checking]), ended, down) });
    const item = deps.sealedItem();
    await request(deps).accounts(item);
    deps.clock.advance(HOUR);
    expect((await request(deps).accounts(item)).value).toBeNull();
    expect((await request(deps).accounts(item)).value).toBeNull();
  });

  it("of any product is gone after ITEM_REVOKED", async () => {
    let offered = true;
    const plaid = fakeAdapter({
      readAccounts: () => Promise.reject(new GatewayError("ITEM_REVOKED", "revoked")),
      readLiabilities: async () => {
        if (offered) return reading("/liabilities/get", { accounts: [], liabilities: [] });
        throw down;
      },
    });
    const deps = testReadDeps({ plaid });
    const item = deps.sealedItem();
    await request(deps).liabilities(item);
    offered = false;
    deps.clock.advance(1000);
    await request(deps).accounts(item);
    expect((await request(deps).liabilities(item)).value).toBeNull();
  });

  it("is not shown, nor any cached one, of an item that is known to be revoked", async () => {
    const deps = testReadDeps({ plaid: plaidAnswering(reading("/accounts/get", [checking]), down) });
    const item = deps.sealedItem();
    await request(deps).accounts(item);
    const revoked = { ...item, health: "DISCONNECTED" as const, health_error: { code: "ITEM_REVOKED" } as StoredError };
    expect((await request(deps).accounts(revoked)).value).toBeNull();
  });

  it("of an institution is shown when the aggregator fails", async () => {
    let offered = true;
    const plaid = fakeAdapter();
    const { readInstitution } = plaid;
    const flaky = {
      ...plaid,
      readInstitution: (...args: Parameters<typeof readInstitution>) =>
        offered ? readInstitution(...args) : Promise.reject(down),
    };
    const deps = testReadDeps({ plaid: flaky });
    await request(deps).institution("PLAID", "ins_1");
    offered = false;
    deps.clock.advance(HOUR);
    expect(await request(deps).institution("PLAID", "ins_1")).toMatchObject({ provenance: { cached: true } });
    await expect(request(deps).institution("PLAID", "ins_2")).rejects.toBe(down);
  });
});
