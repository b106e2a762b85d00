/** What Acme says, in words of its own: logins have pots, a grant opens a login. Everything may be missing or of another type. */

/** Answer of /logins/show. */
export interface AcmeLogin {
  login: {
    ref: string;
    bank_ref: string;
    bank_title: string;
    offers: string[];
    callback: string;
    fault: AcmeFault | null;
  };
}

/** Answer of /logins/end: without `ended` nothing has ended. */
export interface AcmeEnded {
  ended: boolean;
}

/** Answer of /banks/show. */
export interface AcmeBank {
  bank: { ref: string; title: string; site: string };
}

/** Answer of /pots/list and /pots/ask. */
export interface AcmePots {
  pots: AcmePot[];
}

export interface AcmePot {
  ref: string;
  title: string;
  /** "spend", "save", "owe" or "grow". */
  sort: string;
  /** `unit` is an ISO 4217 code; `free` is what can be spent of `held`. */
  money: { held: string; free: string | null; unit: string; seen: string };
}

/** What stands under `fault` in an error's answer. */
export interface AcmeFault {
  family: string;
  name: string;
  words: string;
}

/** A webhook's body. */
export interface AcmeCall {
  about: string;
  news: string;
  login_ref: string;
}
