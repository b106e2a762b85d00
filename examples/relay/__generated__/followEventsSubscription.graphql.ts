/**
 * @generated SignedSource<<a798c75fec28df713ec9d5dc1649d2e5>>
 * @lightSyntaxTransform
 * @codegen-command: npm run codegen
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type EventType = "AUTH_AUTOMATICALLY_VERIFIED" | "AUTH_VERIFICATION_EXPIRED" | "HOLDINGS_UPDATED" | "INVESTMENT_TRANSACTIONS_UPDATED" | "ITEM_ERROR" | "ITEM_LINKED" | "ITEM_NEW_ACCOUNTS" | "ITEM_PENDING_EXPIRATION" | "ITEM_PERMISSION_REVOKED" | "ITEM_REMOVED" | "ITEM_REPAIRED" | "ITEM_WEBHOOK_UPDATED" | "LIABILITIES_UPDATED" | "OTHER" | "REPORT_FAILED" | "REPORT_PARTIAL" | "REPORT_READY" | "REPORT_REMOVED" | "TRANSACTIONS_DEFAULT_UPDATE" | "TRANSACTIONS_HISTORICAL_UPDATE" | "TRANSACTIONS_INITIAL_UPDATE" | "TRANSACTIONS_REMOVED" | "%future added value";
export type followEventsSubscription$variables = {
  after?: string | null | undefined;
  types?: ReadonlyArray<EventType> | null | undefined;
};
export type followEventsSubscription$data = {
  readonly events: {
    readonly cursor: string;
    readonly id: string;
    readonly item: {
      readonly id: string;
      readonly " $fragmentSpreads": FragmentRefs<"fragments_itemCard">;
    } | null | undefined;
    readonly itemId: string | null | undefined;
    readonly report: {
      readonly id: string;
      readonly " $fragmentSpreads": FragmentRefs<"fragments_reportProgress">;
    } | null | undefined;
    readonly transactionIds: ReadonlyArray<string>;
    readonly type: EventType;
  };
};
export type followEventsSubscription = {
  response: followEventsSubscription$data;
  variables: followEventsSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "after"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "types"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "after",
    "variableName": "after"
  },
  {
    "kind": "Variable",
    "name": "types",
    "variableName": "types"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "cursor",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "type",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "itemId",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "transactionIds",
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "provider",
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "code",
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "message",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "followEventsSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Event",
        "kind": "LinkedField",
        "name": "events",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "Item",
            "kind": "LinkedField",
            "name": "item",
            "plural": false,
            "selections": [
              (v2/*:: as any*/),
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "fragments_itemCard"
              }
            ],
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Report",
            "kind": "LinkedField",
            "name": "report",
            "plural": false,
            "selections": [
              (v2/*:: as any*/),
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "fragments_reportProgress"
              }
            ],
            "storageKey": null
          },
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "followEventsSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Event",
        "kind": "LinkedField",
        "name": "events",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "Item",
            "kind": "LinkedField",
            "name": "item",
            "plural": false,
            "selections": [
              (v2/*:: as any*/),
              (v7/*:: as any*/),
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
                  (v8/*:: as any*/),
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
                      (v9/*:: as any*/),
                      (v10/*:: as any*/),
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
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Report",
            "kind": "LinkedField",
            "name": "report",
            "plural": false,
            "selections": [
              (v2/*:: as any*/),
              (v8/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "ReportSource",
                "kind": "LinkedField",
                "name": "sources",
                "plural": true,
                "selections": [
                  (v2/*:: as any*/),
                  (v7/*:: as any*/),
                  (v8/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "ProviderError",
                    "kind": "LinkedField",
                    "name": "error",
                    "plural": false,
                    "selections": [
                      (v9/*:: as any*/),
                      (v10/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "b037861beb038ddff8a65c1be1590ca1",
    "id": null,
    "metadata": {},
    "name": "followEventsSubscription",
    "operationKind": "subscription",
    "text": "subscription followEventsSubscription(\n  $after: String\n  $types: [EventType!]\n) {\n  events(after: $after, types: $types) {\n    id\n    cursor\n    type\n    itemId\n    item {\n      id\n      ...fragments_itemCard\n    }\n    report {\n      id\n      ...fragments_reportProgress\n    }\n    transactionIds\n  }\n}\n\nfragment fragments_itemCard on Item {\n  id\n  provider\n  institutionName\n  health {\n    status\n    action\n    error {\n      code\n      message\n      retryAt\n    }\n  }\n}\n\nfragment fragments_reportProgress on Report {\n  id\n  status\n  sources {\n    id\n    provider\n    status\n    error {\n      code\n      message\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "681fbdce4afd199466aa342a538c0a9e";

export default node;
