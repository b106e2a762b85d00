/**
 * @generated SignedSource<<da4b9d2bb41d30629db211954be6fc68>>
 * @lightSyntaxTransform
 * @codegen-command: npm run codegen
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type Action = "CONTACT_SUPPORT" | "GRANT_CONSENT" | "NONE" | "RELINK" | "RETRY_LATER" | "UNSUPPORTED" | "%future added value";
export type ErrorCode = "BAD_USER_INPUT" | "CONFLICT" | "FORBIDDEN" | "GONE" | "INSTITUTION_UNAVAILABLE" | "INTERNAL_SERVER_ERROR" | "ITEM_CONSENT_REQUIRED" | "ITEM_LOGIN_REQUIRED" | "ITEM_NOT_READY" | "ITEM_REVOKED" | "NOT_FOUND" | "PRODUCT_UNSUPPORTED" | "PROVIDER_BAD_RESPONSE" | "PROVIDER_ERROR" | "PROVIDER_MISCONFIGURED" | "PROVIDER_RATE_LIMITED" | "PROVIDER_TIMEOUT" | "PROVIDER_UNAVAILABLE" | "RATE_LIMITED" | "REPORT_FAILED" | "REPORT_NOT_READY" | "UNAUTHENTICATED" | "%future added value";
export type Product = "ACCOUNTS" | "ASSETS" | "AUTH" | "BALANCE" | "IDENTITY" | "INVESTMENTS" | "INVESTMENTS_AUTH" | "LIABILITIES" | "OTHER" | "TRANSACTIONS" | "%future added value";
export type Provider = "LINK_MONEY" | "PLAID" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type fragments_missing$data = {
  readonly action: Action;
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryAt: string | null | undefined;
  };
  readonly item: {
    readonly id: string;
    readonly institutionName: string | null | undefined;
  } | null | undefined;
  readonly product: Product;
  readonly provider: Provider;
  readonly " $fragmentType": "fragments_missing";
};
export type fragments_missing$key = {
  readonly " $data"?: fragments_missing$data;
  readonly " $fragmentSpreads": FragmentRefs<"fragments_missing">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "fragments_missing",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "provider",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "product",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "action",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Item",
      "kind": "LinkedField",
      "name": "item",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "id",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "institutionName",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "ProviderError",
      "kind": "LinkedField",
      "name": "error",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "code",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "message",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "retryAt",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Unavailable",
  "abstractKey": null
};

(node as any).hash = "2dec2c8c0d80ee7b13c0beda6c74719f";

export default node;
