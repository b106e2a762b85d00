import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Provider } from "../schema/enums.ts";
import { Report } from "../schema/report.ts";
import type { Context } from "../src/context.ts";
import { GatewayError } from "../src/errors.ts";
import type { GivenShare } from "../src/operations/open-shared-report.ts";
import { nounOf } from "./reports.ts";
import { demandScope } from "./scopes.ts";

/** Reports that others shared with the viewer. */
@Resolver(() => Report)
export class SharedReportResolver {
  @Query(() => Report, {
    nullable: true,
    description:
      "Opens a report that its owner shared with you by a relay (scope shares:read). It is then a Report of yours, origin RELAYED, under the same id each time, until its owner takes it back: then GONE. Refused over GET, for the token is a secret.",
  })
  relayedReport(
    @Arg("provider", () => Provider, {
      defaultValue: Provider.PLAID,
      description: "Whose relay it is. Link Money has none.",
    })
    provider: Provider,
    @Arg("relayToken", () => String, { description: "The relay token that its owner gave you." }) token: string,
    @Ctx() context: Context,
  ): Promise<Report> {
    return open(context, "relayToken", { kind: "RELAY", provider, token });
  }

  @Query(() => Report, {
    nullable: true,
    description:
      "The same for an auditor, by audit copy token (scope shares:read): origin AUDIT_COPY. It cannot be refreshed. Refused over GET.",
  })
  auditCopyReport(
    @Arg("provider", () => Provider, {
      defaultValue: Provider.PLAID,
      description: "Whose audit copy it is. Link Money gives none to read.",
    })
    provider: Provider,
    @Arg("auditCopyToken", () => String, { description: "The audit copy token that the report's owner gave you." })
    token: string,
    @Ctx() context: Context,
  ): Promise<Report> {
    return open(context, "auditCopyToken", { kind: "AUDIT_COPY", provider, token });
  }
}

async function open(context: Context, field: string, share: GivenShare): Promise<Report> {
  demandScope(context, "shares:read");
  if (context.overGet) {
    const message = `${field}: a secret must not stand in an address, which logs and histories keep. Ask by POST.`;
    throw new GatewayError("BAD_USER_INPUT", message, { field });
  }
  return nounOf(context, await context.operations.openSharedReport(context.viewer.id, share, context.signal));
}
