import type { Call, ItemCall } from "../../../adapters/adapter.ts";
import type { Http, HttpAnswer } from "../../../adapters/http.ts";

/** Acme's endpoints, each a function. */
export interface AcmeClient {
  loginsShow(call: ItemCall): Promise<HttpAnswer>;
  loginsEnd(call: ItemCall): Promise<HttpAnswer>;
  loginsCallback(url: string, call: ItemCall): Promise<HttpAnswer>;
  banksShow(ref: string, call: Call): Promise<HttpAnswer>;
  potsList(call: ItemCall): Promise<HttpAnswer>;
  potsAsk(call: ItemCall): Promise<HttpAnswer>;
}

/** The grant goes in a header, beside the client's key that every call has. */
export function createClient(http: Http): AcmeClient {
  function ofLogin(endpoint: string, call: ItemCall, { body = {}, safe = true } = {}): Promise<HttpAnswer> {
    const { token, budgetKey, signal } = call;
    return http.post({ endpoint, headers: { "x-acme-grant": token }, body, budgetKey, signal, safe });
  }

  return {
    loginsShow: (call) => ofLogin("/logins/show", call),
    loginsEnd: (call) => ofLogin("/logins/end", call, { safe: false }),
    loginsCallback: (to, call) => ofLogin("/logins/callback", call, { body: { to }, safe: false }),
    banksShow: (ref, { signal }) => http.post({ endpoint: "/banks/show", body: { ref }, signal, safe: true }),
    potsList: (call) => ofLogin("/pots/list", call),
    potsAsk: (call) => ofLogin("/pots/ask", call),
  };
}
