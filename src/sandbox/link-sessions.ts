import type { Clock } from "../clock.ts";
import { ApiError } from "./api-error.ts";
import type { Items } from "./items.ts";
import type { Login } from "./logins.ts";
import type { Product } from "./products.ts";
import type { StateStore } from "./state.ts";
import { createChance } from "./world/chance.ts";
import { institutionOf } from "./world/institutions.ts";

/** One link token, as it is kept, and what a person did with it. Times in ms since the epoch. */
export interface LinkSession {
  token: string;
  createdAt: number;
  expiresAt: number;
  clientName: string;
  language: string;
  countryCodes: string[];
  products: string[];
  /** What a new item is linked for, of all that was asked for; all that its accounts have when absent. */
  linkedFor?: Product[];
  webhook: string | null;
  redirectUri: string | null;
  /** The item that is to have its login anew; null for a new one. */
  itemId: string | null;
  /** Opened at a page of Plaid's own, not in the client's. */
  hosted: boolean;
  /** How many days of transactions are asked for, when it says. */
  historyDays?: number;
  finished: { at: number; publicToken: string | null; institutionId: string | null } | null;
}

/** The link flows of Plaid. */
export interface LinkSessions {
  create(session: Omit<LinkSession, "token" | "createdAt" | "finished">): LinkSession;
  /** @throws ApiError INVALID_LINK_TOKEN when it never was, or was forgotten six hours after its end. */
  byToken(token: string): LinkSession;
  /**
   * Does what a person does in Link: signs in as this user, or gives the login of the item anew. Resolves to the public token, null
   * when it was a repair. @throws ApiError INVALID_LINK_TOKEN when it has expired or was used, and as Items.createPublicToken.
   */
  complete(token: string, login?: Login): string | null;
}

/** What link sessions are made with. */
export interface LinkSessionsDeps {
  store: StateStore;
  clock: Clock;
  seed: number;
  items: Items;
  /** Sends a webhook of Plaid's; the caller does not wait. */
  send(url: string, body: object): void;
}

const TOLD_MS = 6 * 3_600_000;

export function createLinkSessions({ store, clock, seed, items, send }: LinkSessionsDeps): LinkSessions {
  const { state } = store;
  const byToken: LinkSessions["byToken"] = (token) => {
    const session = state.links.find((one) => one.token === token);
    if (!session || endOf(session) + TOLD_MS <= clock.now()) throw new ApiError("INVALID_LINK_TOKEN");
    return session;
  };
  return {
    create(asked) {
      const createdAt = clock.now();
      state.links = state.links.filter((one) => endOf(one) + TOLD_MS > createdAt);
      const chance = createChance(seed, "link", createdAt, state.links.length);
      const session = { token: `link-sandbox-${chance.uuid()}`, createdAt, ...asked, finished: null };
      state.links.push(session);
      store.save();
      return session;
    },
    byToken,
    complete(token, login = {}) {
      const session = byToken(token);
      const now = clock.now();
      if (session.finished || session.expiresAt <= now) throw new ApiError("INVALID_LINK_TOKEN");
      const repaired = session.itemId === null ? null : items.byId(session.itemId);
      if (repaired?.removed) throw new ApiError("INVALID_ACCESS_TOKEN");
      if (repaired) items.change(repaired, { login: "repaired" });
      const { webhook, hosted, linkedFor: products, historyDays } = session;
      const asked = { products, ...(historyDays !== undefined && { historyDays }) };
      const publicToken = repaired ? null : items.createPublicToken({ ...login, ...asked, webhook });
      session.finished = { at: now, publicToken, institutionId: login.institutionId ?? null };
      store.save();
      if (hosted && webhook !== null) {
        send(webhook, {
          ...{ webhook_type: "LINK", webhook_code: "SESSION_FINISHED", status: "SUCCESS" },
          ...{ link_session_id: sessionId(session), link_token: token },
          ...(publicToken !== null && { public_token: publicToken, public_tokens: [publicToken] }),
        });
      }
      return publicToken;
    },
  };
}

/** A session's part in the answer of /link/token/get: none before it is finished. */
export function linkSessionsAnswer(session: LinkSession): object {
  if (!session.finished) return {};
  const { at, publicToken, institutionId } = session.finished;
  const institution = institutionId === null ? null : institutionOf(institutionId);
  const finished_at = new Date(at).toISOString();
  const added = {
    public_token: publicToken,
    // accounts have no ids before the token is exchanged
    accounts: [],
    institution: institution && { institution_id: institution.id, name: institution.name },
  };
  return {
    link_sessions: [
      {
        link_session_id: sessionId(session),
        started_at: new Date(session.createdAt).toISOString(),
        finished_at,
        exit: null,
        events: [],
        results: {
          item_add_results: publicToken === null ? [] : [added],
          cra_item_add_results: [],
          cra_update_results: [],
          bank_income_results: [],
          payroll_income_results: [],
          document_income_results: null,
        },
      },
    ],
  };
}

function sessionId({ token }: LinkSession): string {
  return createChance("link session", token).uuid();
}

function endOf({ finished, expiresAt }: LinkSession): number {
  return finished?.at ?? expiresAt;
}
