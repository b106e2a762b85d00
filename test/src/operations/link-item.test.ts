import { afterEach, expect, it } from "@jest/globals";
import type { AccountRecord, Adapter, ItemRecord } from "../../../adapters/adapter.ts";
import { createCache } from "../../../src/cache.ts";
import { GatewayError } from "../../../src/errors.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { importItem, linkItem } from "../../../src/operations/link-item.ts";
import { confirmItemRemoval, removeItem } from "../../../src/operations/remove-item.ts";
import { listRemovals } from "../../../src/store/item-removals.ts";
import { listItems, noteWebhook, setItemHealth } from "../../../src/store/items.ts";
import { finishRotation } from "../../../src/store/rotation.ts";
import { openToken, sealToken } from "../../../src/store/tokens.ts";
import { eachDatabase } from "../../support/database.ts";
import { accountRecord, fakeAdapter, reading } from "../../support/fake-adapter.ts";
import { reportDeps } from "../../support/report-worker.ts";
import { itemDescription } from "../../support/rows.ts";

const LATER = "2100-01-01T00:00:00.000Z";

/** A provider with one item, whose every token is good; counts what was ended. */
function oneItem(read: () => Promise<Partial<ItemRecord>> = async () => ({})) {
  const removed: string[] = [];
  const adapter: Partial<Adapter> = {
    provider: "PLAID",
    exchangePublicToken: async (publicToken) => ({ token: `access-of-${publicToken}`, remoteId: "remote" }),
    async readItem() {
      const data = {
        ...itemDescription(),
        remoteId: "remote",
        error: null,
        lastWebhookAt: null,
        lastWebhookCode: null,
      };
      return {
        data: { ...data, ...(await read()) },
        origin: { endpoint: "/item/get", requestId: "r", fetchedAt: "2026-03-01T00:00:00.000Z" },
        leftOut: [],
        itemError: null,
      };
    },
    async removeItem({ token }) {
      removed.push(token);
    },
  };
  return { adapter: adapter as Adapter, removed };
}

/** What a token opens; its accounts are null where they cannot be read. */
interface Login {
  accounts: AccountRecord[] | null;
  institution?: string | null;
}

/** A provider with an item for each token. */
function manyItems(logins: Record<string, Login>) {
  return fakeAdapter({
    async readItem({ token }) {
      const { institution = "ins_1" } = logins[token] ?? {};
      const described = { ...itemDescription(), remoteInstitutionId: institution };
      const health = { error: null, lastWebhookAt: null, lastWebhookCode: null };
      return reading("/item/get", { ...described, ...health, remoteId: `remote-${token}` });
    },
    async readAccounts({ token }) {
      const { accounts = null } = logins[token] ?? {};
      if (accounts === null) throw new GatewayError("INSTITUTION_UNAVAILABLE", "It is down.");
      return reading("/accounts/get", accounts);
    },
  });
}

eachDatabase((_, open) => {
  let deps: OperationDeps;
  afterEach(async () => {
    await deps.hub.close();
    await deps.jobs.stop();
  });
  const withAdapter = async (adapter: Adapter) => {
    deps = { ...(await reportDeps(await open(), {})), adapters: new Map([["PLAID", adapter]]) };
  };
  const withLogins = async (logins: Record<string, Login>) => {
    const adapter = manyItems(logins);
    const plain = await reportDeps(await open(), {});
    const cache = createCache({ ...plain, ttlMs: 300_000, deadlineMs: 5_000, redisUrl: null });
    deps = { ...plain, cache, adapters: new Map([["PLAID", adapter]]) };
    return {
      adapter,
      take: (accessToken: string) => importItem(deps, "ann", { provider: "PLAID", accessToken }),
    };
  };
  const link = (publicToken = "public-1") => linkItem(deps, "ann", { provider: "PLAID", publicToken });

  it("links an item by its public token, and leaves nothing waiting", async () => {
    await withAdapter(oneItem().adapter);
    const { item } = await link();
    expect(openToken(deps.vault, item)).toBe("access-of-public-1");
    expect(await listRemovals(deps.store.db, LATER)).toEqual([]);
  });

  it("ends upstream what was exchanged when the item cannot be read afterwards", async () => {
    const { adapter, removed } = oneItem(async () => Promise.reject(new GatewayError("PROVIDER_TIMEOUT", "no answer")));
    await withAdapter(adapter);
    await expect(link()).rejects.toMatchObject({ code: "PROVIDER_TIMEOUT" });
    const [removal] = await listRemovals(deps.store.db, LATER);
    await confirmItemRemoval(deps, removal?.id ?? "");
    expect(removed).toEqual(["access-of-public-1"]);
    expect(await listRemovals(deps.store.db, LATER)).toEqual([]);
    expect(await listItems(deps.store.db, "ann")).toEqual([]);
  });

  it("does not end another viewer's item when it is linked there", async () => {
    const { adapter, removed } = oneItem();
    await withAdapter(adapter);
    await importItem(deps, "bob", { provider: "PLAID", accessToken: "access-bobs" });
    await expect(link()).rejects.toMatchObject({ code: "CONFLICT" });
    const [removal] = await listRemovals(deps.store.db, LATER);
    await confirmItemRemoval(deps, removal?.id ?? "");
    expect(await listRemovals(deps.store.db, LATER)).toEqual([]);
    expect(removed).toEqual([]);
  });

  it("does not end the item when linking it anew fails", async () => {
    let works = true;
    const { adapter, removed } = oneItem(async () => {
      if (!works) throw new GatewayError("PROVIDER_UNAVAILABLE", "503");
      return {};
    });
    await withAdapter(adapter);
    await link("public-1");
    works = false;
    await expect(link("public-2")).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    const [removal] = await listRemovals(deps.store.db, LATER);
    await confirmItemRemoval(deps, removal?.id ?? "");
    expect(removed).toEqual([]);
    expect(await listItems(deps.store.db, "ann")).toHaveLength(1);
    expect(await listRemovals(deps.store.db, LATER)).toEqual([]);
  });

  it("has a job that ends what a process that dies while linking leaves behind", async () => {
    await withAdapter(oneItem().adapter);
    const sent: unknown[] = [];
    const { send } = deps.jobs;
    deps.jobs.send = async (tx, queue, data, options) => {
      sent.push([queue, options?.startAfter instanceof Date]);
      return send(tx, queue, data, options);
    };
    await link();
    expect(sent).toEqual([["remove-item", true]]);
  });

  it("keeps an item's id and replaces its token when it is linked anew, and makes older answers void", async () => {
    await withAdapter(oneItem().adapter);
    const first = await link("public-1");
    const again = await link("public-2");
    expect(again.item.id).toBe(first.item.id);
    expect(again.item.linked_at).toBe(first.item.linked_at);
    const [stored] = await listItems(deps.store.db, "ann");
    expect(stored && openToken(deps.vault, stored)).toBe("access-of-public-2");
    expect(stored?.generations).toMatchObject({ ACCOUNTS: 1, INVESTMENTS: 1, LIABILITIES: 1 });
  });

  it.each([
    ["2026-02-28T00:00:00.000Z", "HEALTHY"],
    ["2026-03-02T00:00:00.000Z", "ACTION_REQUIRED"],
  ])("keeps what a webhook told of it at %s where the item was read before: %s", async (at, health) => {
    await withAdapter(oneItem().adapter);
    const { item } = await link("public-1");
    await setItemHealth(deps.store.db, item, { status: "ACTION_REQUIRED", error: null, at });
    await noteWebhook(deps.store.db, item.id, { at, code: "ERROR" });
    await link("public-2");
    expect(await listItems(deps.store.db, "ann")).toMatchObject([{ health }]);
  });

  it.each([
    ["the one that came, where the aggregator knows of none", null, "ERROR"],
    ["the one that came, where the aggregator knows an older one", "2026-02-27T00:00:00.000Z", "ERROR"],
    ["the one that the aggregator sent, where it did not come", "2026-02-28T12:00:00.000Z", "DEFAULT_UPDATE"],
  ])("has as its last webhook, linked anew, %s", async (_, lastWebhookAt, last) => {
    const lastWebhookCode = lastWebhookAt && "DEFAULT_UPDATE";
    let told: Partial<ItemRecord> = {};
    await withAdapter(oneItem(async () => told).adapter);
    const { item } = await link("public-1");
    await noteWebhook(deps.store.db, item.id, { at: "2026-02-28T00:00:00.000Z", code: "ERROR" });
    told = { lastWebhookAt, lastWebhookCode };
    await link("public-2");
    expect(await listItems(deps.store.db, "ann")).toMatchObject([{ last_webhook_code: last }]);
  });

  it("does not put an older token in the place of one that replaced it meanwhile", async () => {
    let meanwhile = async () => {};
    await withAdapter(
      oneItem(async () => {
        await meanwhile();
        return {};
      }).adapter,
    );
    const { item } = await link("public-1");
    meanwhile = async () => {
      await finishRotation(deps.store.db, item.id, sealToken(deps.vault, item, "access-new"));
    };
    const old = importItem(deps, "ann", { provider: "PLAID", accessToken: "access-of-public-1" });
    await expect(old).rejects.toMatchObject({ code: "CONFLICT", options: { field: "input.accessToken" } });
    const token = async () => {
      const [stored] = await listItems(deps.store.db, "ann");
      return stored && openToken(deps.vault, stored);
    };
    expect(await token()).toBe("access-new");
    meanwhile = async () => {};
    await importItem(deps, "ann", { provider: "PLAID", accessToken: "access-newest" });
    expect(await token()).toBe("access-newest");
  });

  it("may be imported twice at once by the same token", async () => {
    await withAdapter(oneItem().adapter);
    await link("public-1");
    const token = { provider: "PLAID", accessToken: "access-1" } as const;
    const both = await Promise.all([importItem(deps, "ann", token), importItem(deps, "ann", token)]);
    expect(new Set(both.map(({ item }) => item.id)).size).toBe(1);
  });

  it("refuses an item that is just being removed", async () => {
    await withAdapter(oneItem().adapter);
    const { item } = await link();
    await removeItem(deps, "ann", item.id);
    await expect(importItem(deps, "ann", { provider: "PLAID", accessToken: "access-1" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await confirmItemRemoval(deps, item.id);
    await importItem(deps, "ann", { provider: "PLAID", accessToken: "access-1" });
  });

  it.each(["", " ", "a\nb", "é", "x".repeat(1025)])("refuses the token %j before any call", async (accessToken) => {
    let reads = 0;
    await withAdapter(oneItem(async () => ({ remoteId: `${reads++}` })).adapter);
    await expect(importItem(deps, "ann", { provider: "PLAID", accessToken })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      options: { field: "input.accessToken" },
    });
    expect(reads).toBe(0);
  });

  it("refuses a provider that is not configured", async () => {
    await withAdapter(oneItem().adapter);
    await expect(importItem(deps, "ann", { provider: "LINK_MONEY", accessToken: "t" })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      options: { field: "input.provider" },
    });
  });

  it.each([
    ["ends within a week", 6, "EXPIRING"],
    ["ends later", 8, "HEALTHY"],
    ["has ended", -1, "HEALTHY"],
    ["does not end", null, "HEALTHY"],
  ])("shows at linking that a consent %s", async (_name, days, health) => {
    const consentExpiresAt = days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString();
    await withAdapter(oneItem(async () => ({ consentExpiresAt })).adapter);
    expect((await link()).item).toMatchObject({ health, description: { consentExpiresAt } });
  });

  const checking = accountRecord({ remoteId: "a1", name: "Checking", mask: "1111" });
  const known: Login = { accounts: [checking, accountRecord({ remoteId: "a2", name: "Savings", mask: "2222" })] };

  it.each<[string, Login, Login, boolean]>([
    ["with an account of the same name, number and kind", known, { accounts: [{ ...checking, remoteId: "b1" }] }, true],
    ["with other accounts", known, { accounts: [{ ...checking, mask: "3333" }] }, false],
    ["with an account of another kind", known, { accounts: [{ ...checking, type: "CREDIT" }] }, false],
    ["whose account has no number", known, { accounts: [{ ...checking, mask: null }] }, false],
    [
      "with an account of the same lasting id under another name",
      { accounts: [{ ...checking, persistentAccountId: "p1" }] },
      { accounts: [{ ...checking, name: "Giro", persistentAccountId: "p1" }] },
      true,
    ],
    [
      "with an account of another lasting id under the same name",
      { accounts: [{ ...checking, persistentAccountId: "p1" }] },
      { accounts: [{ ...checking, persistentAccountId: "p2" }] },
      false,
    ],
    [
      "with an account of the same balance under another name",
      known,
      { accounts: [{ ...checking, name: "Giro" }] },
      true,
    ],
    [
      "with an account of an empty lasting id and another name",
      { accounts: [{ ...checking, persistentAccountId: "", mask: null }] },
      { accounts: [{ ...checking, name: "Giro", persistentAccountId: "", mask: null }] },
      false,
    ],
    ["at another institution", known, { ...known, institution: "ins_2" }, false],
    ["whose institution is not told", known, { ...known, institution: null }, false],
    ["whose accounts cannot be read", known, { accounts: null }, true],
    ["where those of the first cannot be read", { accounts: null }, known, true],
  ])("tells of a login linked before: one %s", async (_name, first, second, isDuplicate) => {
    const { take } = await withLogins({ one: first, two: second });
    const one = await take("one");
    expect(one.duplicates).toEqual([]);
    const two = await take("two");
    expect(two.duplicates.map(({ id }) => id)).toEqual(isDuplicate ? [one.item.id] : []);
  });

  it("reads the accounts of an item once when it is linked, and keeps their types in order", async () => {
    const { adapter, take } = await withLogins({ one: known, two: known });
    const { item } = await take("one");
    await take("two");
    expect(adapter.count("readAccounts")).toBe(2); // those of the first are in the cache
    expect((await listItems(deps.store.db, "ann")).find(({ id }) => id === item.id)?.account_types).toEqual([
      "DEPOSITORY",
      "DEPOSITORY",
    ]);
  });
});
