/** Where the gateway is, and as whom it is asked. */
export interface Connection {
  /** e.g. "https://gateway.example.com/graphql". */
  url: string;
  /** The bearer token to send now; with `renew` another one, because the gateway has just refused the last. */
  token(renew: boolean): string | Promise<string>;
}
