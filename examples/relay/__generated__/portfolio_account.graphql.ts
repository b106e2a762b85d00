/**
 * @generated SignedSource<<e414edc62697aa0b4db51bcee669c7cc>>
 * @lightSyntaxTransform
 * @codegen-command: npm run codegen
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type AccountType = "CREDIT" | "DEPOSITORY" | "INVESTMENT" | "LOAN" | "OTHER" | "%future added value";
export type Provider = "LINK_MONEY" | "PLAID" | "%future added value";
import type { FragmentRefs, Result } from "relay-runtime";
export type portfolio_account$data = {
  readonly balances: {
    readonly available: string | null | undefined;
    readonly currency: string | null | undefined;
    readonly current: string | null | undefined;
  };
  readonly holdings?: {
    readonly edges: ReadonlyArray<{
      readonly cursor: string;
      readonly node: {
        readonly currency: string | null | undefined;
        readonly id: string;
        readonly institutionValue: string | null | undefined;
        readonly quantity: string | null | undefined;
        readonly security: {
          readonly id: string;
          readonly name: string | null | undefined;
          readonly tickerSymbol: string | null | undefined;
        } | null | undefined;
      };
    }>;
  };
  readonly id: string;
  readonly item: {
    readonly id: string;
    readonly institutionName: string | null | undefined;
  };
  readonly liability?: {
    readonly id: string;
    readonly interestRatePercentage?: string | null | undefined;
    readonly lastPaymentAmount: string | null | undefined;
    readonly lastStatementBalance: string | null | undefined;
    readonly loanName?: string | null | undefined;
    readonly maturityDate?: string | null | undefined;
    readonly nextPaymentDueDate: string | null | undefined;
  } | null | undefined;
  readonly mask: string | null | undefined;
  readonly name: string;
  readonly owners: Result<ReadonlyArray<{
    readonly names: ReadonlyArray<string>;
  }> | null | undefined, unknown>;
  readonly provenance: {
    readonly fetchedAt: string;
    readonly provider: Provider;
  };
  readonly type: AccountType;
  readonly " $fragmentType": "portfolio_account";
};
export type portfolio_account$key = {
  readonly " $data"?: portfolio_account$data;
  readonly " $fragmentSpreads": FragmentRefs<"portfolio_account">;
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
  "name": "name",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "currency",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "nextPaymentDueDate",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "lastPaymentAmount",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "interestRatePercentage",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "portfolio_account",
  "selections": [
    (v0/*:: as any*/),
    (v1/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "mask",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "type",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Balances",
      "kind": "LinkedField",
      "name": "balances",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "current",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "available",
          "storageKey": null
        },
        (v2/*:: as any*/)
      ],
      "storageKey": null
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": null,
        "args": null,
        "concreteType": "Owner",
        "kind": "LinkedField",
        "name": "owners",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "names",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      "to": "RESULT"
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Provenance",
      "kind": "LinkedField",
      "name": "provenance",
      "plural": false,
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
          "name": "fetchedAt",
          "storageKey": null
        }
      ],
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
        (v0/*:: as any*/),
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
      "kind": "InlineFragment",
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "CreditCardLiability",
          "kind": "LinkedField",
          "name": "liability",
          "plural": false,
          "selections": [
            (v0/*:: as any*/),
            (v3/*:: as any*/),
            (v4/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "lastStatementBalance",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "type": "CreditAccount",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": null,
          "kind": "LinkedField",
          "name": "liability",
          "plural": false,
          "selections": [
            (v0/*:: as any*/),
            (v3/*:: as any*/),
            (v4/*:: as any*/),
            {
              "kind": "InlineFragment",
              "selections": [
                (v5/*:: as any*/),
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "maturityDate",
                  "storageKey": null
                }
              ],
              "type": "MortgageLiability",
              "abstractKey": null
            },
            {
              "kind": "InlineFragment",
              "selections": [
                (v5/*:: as any*/),
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "loanName",
                  "storageKey": null
                }
              ],
              "type": "StudentLoanLiability",
              "abstractKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "type": "LoanAccount",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        {
          "alias": null,
          "args": [
            {
              "kind": "Literal",
              "name": "first",
              "value": 20
            }
          ],
          "concreteType": "HoldingConnection",
          "kind": "LinkedField",
          "name": "holdings",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "concreteType": "HoldingEdge",
              "kind": "LinkedField",
              "name": "edges",
              "plural": true,
              "selections": [
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "cursor",
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "Holding",
                  "kind": "LinkedField",
                  "name": "node",
                  "plural": false,
                  "selections": [
                    (v0/*:: as any*/),
                    {
                      "alias": null,
                      "args": null,
                      "kind": "ScalarField",
                      "name": "quantity",
                      "storageKey": null
                    },
                    {
                      "alias": null,
                      "args": null,
                      "kind": "ScalarField",
                      "name": "institutionValue",
                      "storageKey": null
                    },
                    (v2/*:: as any*/),
                    {
                      "alias": null,
                      "args": null,
                      "concreteType": "Security",
                      "kind": "LinkedField",
                      "name": "security",
                      "plural": false,
                      "selections": [
                        (v0/*:: as any*/),
                        (v1/*:: as any*/),
                        {
                          "alias": null,
                          "args": null,
                          "kind": "ScalarField",
                          "name": "tickerSymbol",
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
            }
          ],
          "storageKey": "holdings(first:20)"
        }
      ],
      "type": "InvestmentAccount",
      "abstractKey": null
    }
  ],
  "type": "Account",
  "abstractKey": "__isAccount"
};
})();

(node as any).hash = "2c1a089f2f4f8a8223e1618f15761618";

export default node;
