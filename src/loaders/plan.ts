import type { AccountType } from "../../schema/enums.ts";
import type { StoredItem } from "../store/items.ts";
import type { Loaders } from "./loaders.ts";
import { beginShared, type SharedList, sharedLists } from "./shared-lists.ts";

/** A field below a list of accounts. */
export interface SelectedField {
  /** The name of the type that it is selected of. */
  parent: string;
  name: string;
  /** Names of the fields that it stands below, from those of the list on. */
  path: readonly string[];
  args(): Record<string, unknown>;
}

/** What the fields below a list of accounts want of the accounts' items. */
export interface AccountPlan {
  /** Balances of now: their answer brings the accounts as well, and takes the place of the stored list. */
  fresh: boolean;
  /** The same accounts linked elsewhere: every item's accounts are read. */
  matches: boolean;
  /** The institutions of the accounts' items. */
  institutions: boolean;
  /** Reads besides the list. */
  beside: readonly Read[];
  /** Lists that the accounts of an item share. */
  shared: readonly SharedList[];
}

/** A read that accounts of some types want, or of all (null). */
interface Read {
  field: string;
  types: readonly AccountType[] | null;
  /** Without it the field is refused, and nothing is read. */
  scope?: GuardedBy;
  begin(loaders: Loaders, item: StoredItem): Promise<unknown>;
}

/** The scopes that guard fields of accounts. */
type GuardedBy = "pii:read" | "numbers:read";

/** Fields of accounts that cost a call of their own. */
const READS: readonly Read[] = [
  { field: "liability", types: ["CREDIT", "LOAN"], begin: (loaders, item) => loaders.liabilities(item) },
  { field: "holdings", types: ["INVESTMENT"], begin: (loaders, item) => loaders.holdings(item) },
  { field: "owners", types: null, scope: "pii:read", begin: (loaders, item) => loaders.owners(item) },
  { field: "numbers", types: ["DEPOSITORY"], scope: "numbers:read", begin: (loaders, item) => loaders.numbers(item) },
  {
    field: "transfer",
    types: ["INVESTMENT"],
    scope: "numbers:read",
    begin: (loaders, item) => loaders.transfers(item),
  },
];

/** Plans the reads of a list of accounts from what is selected below it, for a viewer who `has` some scopes; `now` in ms. */
export function planAccounts(
  selected: readonly SelectedField[],
  has: (scope: GuardedBy) => boolean,
  now: number,
): AccountPlan {
  const names = new Set<string>();
  let fresh = false;
  for (const { name, args } of selected) {
    names.add(name);
    fresh ||= name === "balances" && args().fresh === true;
  }
  return {
    fresh,
    matches: names.has("sameAs"),
    institutions: selected.some(isInstitutionOfItem),
    beside: READS.filter(({ field, scope }) => names.has(field) && (!scope || has(scope))),
    shared: sharedLists(selected, now),
  };
}

/** Where the items of the accounts stand: those of `unavailable` and of other links are others. */
const ITEMS: ReadonlySet<string> = new Set(["nodes item", "edges node item"]);

function isInstitutionOfItem({ name, path }: SelectedField): boolean {
  return name === "institution" && ITEMS.has(path.join(" "));
}

/** Which part of a list of accounts is asked for. */
export interface AskedPage {
  first: number;
  /** Types of account that the list keeps; all when null. */
  types: readonly AccountType[] | null;
  /** How many accounts of the first item stand before the page. */
  passed: number;
}

/**
 * The types of the accounts that will stand on a page, by item: as far as the items are known to have accounts, in their order. One that
 * has told of none yet is asked for them first, and so are those after it: what need not be read is not.
 * @param items From the one on at which the page begins.
 */
export function typesOnPage(
  items: readonly Pick<StoredItem, "id" | "account_types">[],
  { first, types, passed }: AskedPage,
): ReadonlyMap<string, readonly AccountType[]> {
  const onPage = new Map<string, AccountType[]>();
  let room = first;
  for (const { id, account_types } of items) {
    if (account_types === null || room === 0) break;
    const after = onPage.size === 0 ? account_types.slice(passed) : account_types;
    const kept = after.filter((type) => types?.includes(type) ?? true).slice(0, room);
    onPage.set(id, kept);
    room -= kept.length;
  }
  return onPage;
}

/**
 * Begins what the plan wants of an item beside its accounts, before they have come: the resolvers of the fields join it.
 * @param onPage Types of those of its accounts that will be on the page.
 */
export function beginBeside(
  plan: AccountPlan,
  loaders: Loaders,
  item: StoredItem,
  onPage: readonly AccountType[],
): void {
  for (const { types, begin } of plan.beside) {
    if (onPage.some((type) => types?.includes(type) ?? true)) begin(loaders, item).catch(() => {}); // told by the field that joins it
  }
  const { remoteInstitutionId } = item.description;
  if (plan.institutions && onPage.length > 0 && remoteInstitutionId !== null) {
    loaders.institution(item.provider, remoteInstitutionId).catch(() => {}); // told by Item.institution, which joins it
  }
  beginShared(plan.shared, loaders, item, onPage);
}
