/**
 * @generated SignedSource<<57fd2dd87cad4348f72095a977263c32>>
 * @lightSyntaxTransform
 * @codegen-command: npm run codegen
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type Product = "ACCOUNTS" | "ASSETS" | "AUTH" | "BALANCE" | "IDENTITY" | "INVESTMENTS" | "INVESTMENTS_AUTH" | "LIABILITIES" | "OTHER" | "TRANSACTIONS" | "%future added value";
export type Provider = "LINK_MONEY" | "PLAID" | "%future added value";
export type CreateLinkTokenInput = {
  clientName?: string | null | undefined;
  countryCodes?: ReadonlyArray<string> | null | undefined;
  itemId?: string | null | undefined;
  language?: string | null | undefined;
  products?: ReadonlyArray<Product> | null | undefined;
  provider?: Provider;
  redirectUri?: string | null | undefined;
};
export type repairItemMutation$variables = {
  input: CreateLinkTokenInput;
};
export type repairItemMutation$data = {
  readonly createLinkToken: {
    readonly expiresAt: string;
    readonly linkToken: string;
  } | null | undefined;
};
export type repairItemMutation = {
  response: repairItemMutation$data;
  variables: repairItemMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "CreateLinkTokenPayload",
    "kind": "LinkedField",
    "name": "createLinkToken",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "linkToken",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "expiresAt",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "repairItemMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "repairItemMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "e13ee79e68acb54889966a3ef2b0c455",
    "id": null,
    "metadata": {},
    "name": "repairItemMutation",
    "operationKind": "mutation",
    "text": "mutation repairItemMutation(\n  $input: CreateLinkTokenInput!\n) {\n  createLinkToken(input: $input) {\n    linkToken\n    expiresAt\n  }\n}\n"
  }
};
})();

(node as any).hash = "e39251a0a0f93553c7729f6f4830c7b4";

export default node;
