import { checkSource } from "../reports/check-source.ts";
import { removeSource } from "../reports/remove-source.ts";
import { sendSource } from "../reports/send-source.ts";
import type { JobHandlers } from "../store/jobs.ts";
import type { OperationDeps } from "./deps.ts";
import { interpretWebhook } from "./interpret-webhook.ts";
import { lookAtItem } from "./look-at-item.ts";
import { registerWebhook } from "./register-webhook.ts";
import { confirmItemRemoval } from "./remove-item.ts";
import { finishShare } from "./remove-share.ts";
import { settleRotation } from "./rotate-access-token.ts";

/** What does the jobs of each queue. */
export function jobHandlers(deps: OperationDeps): JobHandlers {
  return {
    "send-report-source": (turn) => sendSource(deps, turn),
    "check-report-source": ({ sourceId, poll }) => checkSource(deps, sourceId, poll),
    "remove-report-source": ({ sourceId }) => removeSource(deps, sourceId),
    "interpret-webhook": ({ inboxId }) => interpretWebhook(deps, inboxId),
    "remove-item": ({ itemId }) => confirmItemRemoval(deps, itemId),
    "look-at-item": ({ itemId, anyway }) => lookAtItem(deps, itemId, { anyway }),
    "register-webhook": (turn) => registerWebhook(deps, turn),
    "remove-share": ({ shareId }) => finishShare(deps, shareId),
    "settle-rotation": (turn) => settleRotation(deps, turn),
  };
}
