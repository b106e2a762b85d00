/**
 * @generated SignedSource<<98468bd8c97078930e28516c52ca994e>>
 * @lightSyntaxTransform
 * @codegen-command: npm run codegen
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type ErrorCode = "BAD_USER_INPUT" | "CONFLICT" | "FORBIDDEN" | "GONE" | "INSTITUTION_UNAVAILABLE" | "INTERNAL_SERVER_ERROR" | "ITEM_CONSENT_REQUIRED" | "ITEM_LOGIN_REQUIRED" | "ITEM_NOT_READY" | "ITEM_REVOKED" | "NOT_FOUND" | "PRODUCT_UNSUPPORTED" | "PROVIDER_BAD_RESPONSE" | "PROVIDER_ERROR" | "PROVIDER_MISCONFIGURED" | "PROVIDER_RATE_LIMITED" | "PROVIDER_TIMEOUT" | "PROVIDER_UNAVAILABLE" | "RATE_LIMITED" | "REPORT_FAILED" | "REPORT_NOT_READY" | "UNAUTHENTICATED" | "%future added value";
export type Provider = "LINK_MONEY" | "PLAID" | "%future added value";
export type ReportStatus = "FAILED" | "PARTIAL" | "PENDING" | "READY" | "REMOVED" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type fragments_reportProgress$data = {
  readonly id: string;
  readonly sources: ReadonlyArray<{
    readonly error: {
      readonly code: ErrorCode;
      readonly message: string;
    } | null | undefined;
    readonly id: string;
    readonly provider: Provider;
    readonly status: ReportStatus;
  }>;
  readonly status: ReportStatus;
  readonly " $fragmentType": "fragments_reportProgress";
};
export type fragments_reportProgress$key = {
  readonly " $data"?: fragments_reportProgress$data;
  readonly " $fragmentSpreads": FragmentRefs<"fragments_reportProgress">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "fragments_reportProgress",
  "selections": [
    (v0/*:: as any*/),
    (v1/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "ReportSource",
      "kind": "LinkedField",
      "name": "sources",
      "plural": true,
      "selections": [
        (v0/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "provider",
          "storageKey": null
        },
        (v1/*:: as any*/),
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
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Report",
  "abstractKey": null
};
})();

(node as any).hash = "461cb27401535adecdede002e30a416f";

export default node;
