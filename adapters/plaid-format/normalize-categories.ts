import type { CategoriesGetResponse, Category } from "plaid";
import type { CategoryRecord } from "../adapter/institutions.ts";
import type { LeftOut } from "../adapter.ts";
import { text, texts } from "../fields.ts";
import { raw, readRequiredList, required } from "../records.ts";

/** The answer of /categories/get; what lacks id, group or hierarchy is left out. */
export function normalizeCategories(body: Record<string, unknown>, leftOut: LeftOut[]): CategoryRecord[] {
  const { categories } = raw<CategoriesGetResponse>(body);
  return readRequiredList(categories, "categories", leftOut, (value, path) => {
    const { category_id, group, hierarchy } = raw<Category>(value);
    return {
      categoryId: required(text(category_id), category_id, `${path}.category_id`, "a string"),
      group: required(text(group), group, `${path}.group`, "a string"),
      hierarchy: required(texts(hierarchy), hierarchy, `${path}.hierarchy`, "a list"),
    };
  });
}
