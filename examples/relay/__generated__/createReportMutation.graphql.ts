/**
 * @generated SignedSource<<0f28bacbce139bb5759d42bb8143887e>>
 * @lightSyntaxTransform
 * @codegen-command: npm run codegen
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type CreateReportInput = {
  clientReportId?: string | null | undefined;
  daysRequested: number;
  idempotencyKey?: string | null | undefined;
  itemIds: ReadonlyArray<string>;
  user?: ReportUserInput | null | undefined;
};
export type ReportUserInput = {
  clientUserId?: string | null | undefined;
  email?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  middleName?: string | null | undefined;
  phoneNumber?: string | null | undefined;
  ssn?: string | null | undefined;
};
export type createReportMutation$variables = {
  input: CreateReportInput;
};
export type createReportMutation$data = {
  readonly createReport: {
    readonly report: {
      readonly id: string;
      readonly " $fragmentSpreads": FragmentRefs<"fragments_reportProgress">;
    };
  } | null | undefined;
};
export type createReportMutation = {
  response: createReportMutation$data;
  variables: createReportMutation$variables;
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
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
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
  "name": "status",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "createReportMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "ReportPayload",
        "kind": "LinkedField",
        "name": "createReport",
        "plural": false,
        "selections": [
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
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "createReportMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "ReportPayload",
        "kind": "LinkedField",
        "name": "createReport",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Report",
            "kind": "LinkedField",
            "name": "report",
            "plural": false,
            "selections": [
              (v2/*:: as any*/),
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "ReportSource",
                "kind": "LinkedField",
                "name": "sources",
                "plural": true,
                "selections": [
                  (v2/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "provider",
                    "storageKey": null
                  },
                  (v3/*:: as any*/),
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
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "23a59c028029745aee07c4a07ea59de8",
    "id": null,
    "metadata": {},
    "name": "createReportMutation",
    "operationKind": "mutation",
    "text": "mutation createReportMutation(\n  $input: CreateReportInput!\n) {\n  createReport(input: $input) {\n    report {\n      id\n      ...fragments_reportProgress\n    }\n  }\n}\n\nfragment fragments_reportProgress on Report {\n  id\n  status\n  sources {\n    id\n    provider\n    status\n    error {\n      code\n      message\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "8d5394ca0d94ce4683f1d3d917de2377";

export default node;
