import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { acme } from "./acme/index.ts";
import { adapterContract } from "./adapter-contract.ts";
import { type ContractCall, type ContractSubject, openStage, REPORT_REQUEST, SECRETS } from "./subject.ts";

const item = { token: SECRETS.token, budgetKey: "item-1" };
const key = { "x-acme-client": SECRETS.clientId, "x-acme-key": SECRETS.secret };
const granted = { ...key, "x-acme-grant": SECRETS.token };

/** An answer from which nothing is left out. */
const whole = (data: unknown) => ({ data, origin: expect.anything(), leftOut: [], itemError: null });

const daily = { remoteId: "P-1", name: "Daily" };

const calls: ContractCall[] = [
  {
    endpoint: "/logins/show",
    fixture: "logins-show",
    run: (adapter, signal) => adapter.readItem({ ...item, signal }),
    headers: granted,
    body: {},
    kind: "read",
    gives: whole(
      expect.objectContaining({
        ...{ remoteId: "L-7", remoteInstitutionId: "B-1", products: ["ACCOUNTS", "BALANCE", "OTHER"] },
        error: expect.objectContaining({ code: "ITEM_LOGIN_REQUIRED" }),
      }),
    ),
  },
  {
    endpoint: "/logins/end",
    fixture: "logins-end",
    run: (adapter, signal) => adapter.removeItem({ ...item, signal }),
    headers: granted,
    body: {},
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/logins/callback",
    fixture: "logins-callback",
    run: async (adapter, signal) => adapter.updateWebhook?.(REPORT_REQUEST.webhook, { ...item, signal }),
    headers: granted,
    body: { to: REPORT_REQUEST.webhook },
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/banks/show",
    fixture: "banks-show",
    run: (adapter, signal) => adapter.readInstitution("B-1", { token: null, signal }),
    headers: key,
    body: { ref: "B-1" },
    kind: "read",
    gives: whole(expect.objectContaining({ name: "Acme Savings", url: "https://bank.example.com" })),
  },
  {
    endpoint: "/pots/list",
    fixture: "pots-list",
    run: (adapter, signal) => adapter.readAccounts({ ...item, signal }),
    headers: granted,
    body: {},
    kind: "read",
    gives: {
      data: [
        expect.objectContaining({
          ...{ ...daily, type: "DEPOSITORY" },
          balances: {
            ...{ available: "1100", current: "1203.42", limit: null, marginLoan: null },
            ...{ currency: "EUR", currencyOfficial: true, lastUpdatedAt: "2026-02-28T07:00:00.000Z" },
          },
        }),
      ],
      origin: { endpoint: "/pots/list", requestId: null, fetchedAt: expect.stringMatching(/^2026-03-01T12:00:0/) },
      leftOut: [{ path: "pots[1].title", problem: "found null, wanted a string" }],
      itemError: null,
    },
  },
  {
    endpoint: "/pots/ask",
    fixture: "pots-ask",
    run: (adapter, signal) => adapter.readBalances({ ...item, remoteInstitutionId: "B-1", signal }),
    headers: granted,
    body: {},
    kind: "read",
    gives: whole([
      expect.objectContaining({ ...daily, type: "OTHER", balances: expect.objectContaining({ currency: null }) }),
    ]),
  },
];

const subject: ContractSubject = {
  aggregator: acme,
  fixtures: "acme",
  prefix: "/acme",
  calls,
  words: {
    read: "/pots/list",
    write: "/logins/end",
    budgetKeys: { "/pots/list": "item-1", "/logins/end": "item-1", "/banks/show": null },
    error: (family, name, words) => ({ fault: { family, name, words } }),
    rateLimit: ["pace", "too_fast"],
    login: ["login", "knock_again"],
    internal: ["acme", "our_fault"],
    empty: [],
    removed: [["/logins/end", "login", "grant_ended"]],
    notRemoved: [
      [401, {}],
      [400, { fault: { family: "acme", name: "bad_key" } }],
    ],
  },
  webhook: {
    header: "acme-signature",
    sign(body, at) {
      const time = Math.floor(at / 1000);
      return `t=${time},mac=${createHmac("sha256", SECRETS.secret).update(`${time}.`).update(body).digest("hex")}`;
    },
    fixture: "webhook",
    gives: { type: "login", code: "grant_ended", remoteItemId: "L-7", accessReduced: true },
  },
};

adapterContract("Acme", subject);

describe("Acme alone", () => {
  it("has the methods that every adapter must have, and one that it may", async () => {
    const stage = await openStage(subject);
    const { adapter } = stage;
    expect(
      Object.keys(adapter).filter((name) => /^(read|remove|create|list|update|exchange|refresh)/.test(name)),
    ).toEqual(["readItem", "removeItem", "updateWebhook", "readInstitution", "readAccounts", "readBalances"]);
    await stage.close();
  });
});
