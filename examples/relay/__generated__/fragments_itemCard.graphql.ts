/**
 * @generated SignedSource<<1014d5ba6277413f806410c8eb4cc5dd>>
 * @lightSyntaxTransform
 * @codegen-command: npm run codegen
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type Action = "CONTACT_SUPPORT" | "GRANT_CONSENT" | "NONE" | "RELINK" | "RETRY_LATER" | "UNSUPPORTED" | "%future added value";
export type ErrorCode = "BAD_USER_INPUT" | "CONFLICT" | "FORBIDDEN" | "GONE" | "INSTITUTION_UNAVAILABLE" | "INTERNAL_SERVER_ERROR" | "ITEM_CONSENT_REQUIRED" | "ITEM_LOGIN_REQUIRED" | "ITEM_NOT_READY" | "ITEM_REVOKED" | "NOT_FOUND" | "PRODUCT_UNSUPPORTED" | "PROVIDER_BAD_RESPONSE" | "PROVIDER_ERROR" | "PROVIDER_MISCONFIGURED" | "PROVIDER_RATE_LIMITED" | "PROVIDER_TIMEOUT" | "PROVIDER_UNAVAILABLE" | "RATE_LIMITED" | "REPORT_FAILED" | "REPORT_NOT_READY" | "UNAUTHENTICATED" | "%future added value";
export type ItemStatus = "ACTION_REQUIRED" | "DEGRADED" | "DISCONNECTED" | "EXPIRING" | "HEALTHY" | "%future added value";
export type Provider = "LINK_MONEY" | "PLAID" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type fragments_itemCard$data = {
  readonly health: {
    readonly action: Action;
    readonly error: {
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryAt: string | null | undefined;
    } | null | undefined;
    readonly status: ItemStatus;
  };
  readonly id: string;
  readonly institutionName: string | null | undefined;
  readonly provider: Provider;
  readonly " $fragmentType": "fragments_itemCard";
};
export type fragments_itemCard$key = {
  readonly " $data"?: fragments_itemCard$data;
  readonly " $fragmentSpreads": FragmentRefs<"fragments_itemCard">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "fragments_itemCard",
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
      "name": "provider",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "institutionName",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "ItemHealth",
      "kind": "LinkedField",
      "name": "health",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "status",
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
      "storageKey": null
    }
  ],
  "type": "Item",
  "abstractKey": null
};

(node as any).hash = "ed092d517738d6421b5a8dc095a4d93b";

export default node;
