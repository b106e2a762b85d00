import { describe, expect, it } from "@jest/globals";
import { ItemStatus } from "../../../schema/enums.ts";
import { personToken } from "../../../src/loaders/person-token.ts";
import type { StoredItem } from "../../../src/store/items.ts";
import { itemRow } from "../../support/rows.ts";

/** A vault in which tokens lie open. */
const deps = { vault: { openText: (sealed: Buffer) => sealed.toString() } } as unknown as Parameters<
  typeof personToken
>[0];

function item(health: ItemStatus, provider: StoredItem["provider"] = "LINK_MONEY"): StoredItem {
  return { ...itemRow({ provider, health }), token_sealed: Buffer.from(health) } as StoredItem;
}

describe("a person's token for what is nobody's own", () => {
  it("is that of the soundest item, whichever was linked first", () => {
    const items = Object.values(ItemStatus).map((status) => item(status));
    const told: (string | null)[] = [];
    for (let left = items; left.length > 0; left = left.filter(({ health }) => health !== told.at(-1))) {
      told.push(personToken(deps, left, "LINK_MONEY"));
      expect(personToken(deps, left.toReversed(), "LINK_MONEY")).toBe(told.at(-1));
    }
    expect(told).toEqual(["HEALTHY", "EXPIRING", "DEGRADED", "ACTION_REQUIRED", "DISCONNECTED"]);
  });

  it("is none where the person has no item at that aggregator", () => {
    expect(personToken(deps, [item("HEALTHY", "PLAID")], "LINK_MONEY")).toBeNull();
  });
});
