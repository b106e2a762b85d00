/** Plaid's requests and answers, as its published OpenAPI has them (version 2020-09-14). What really comes is read leniently. */
export type {
  AccountsBalanceGetRequest,
  AccountsGetRequest,
  CreditRelayCreateRequest,
  CreditRelayRemoveRequest,
  InstitutionsGetByIdRequest,
  InvestmentsHoldingsGetRequest,
  ItemGetRequest,
  ItemPublicTokenExchangeRequest,
  ItemPublicTokenExchangeResponse,
  ItemRemoveRequest,
  ItemWebhookUpdateRequest,
  LiabilitiesGetRequest,
  WebhookVerificationKeyGetRequest,
} from "plaid";
