/** Institutions and categories, as adapters give them. */
import type { Category } from "../../schema/category.ts";
import type { Institution } from "../../schema/institution.ts";
import type { Call } from "../adapter.ts";

export type InstitutionRecord = Omit<Institution, "id" | "provider" | "provenance" | "untold">;

/** What answers that list institutions may leave out though `readInstitution` tells it. */
export type InstitutionDetail = "url" | "primaryColor" | "logo" | "status";

/** Which institutions are asked for. */
export interface InstitutionSearch {
  /** ISO 3166-1 alpha-2: those that work in one of these, at least one. An aggregator of one country does not look at it. */
  countryCodes: readonly string[];
  /** Whether addresses, colours and logos are wanted: they are most of an answer's bytes. */
  details: boolean;
}

/** A part of all institutions: `count` of them, 1 to 500, after the first `offset`. */
export interface InstitutionPart extends InstitutionSearch {
  count: number;
  offset: number;
}

/** Those whose names match. */
export interface NameSearch extends InstitutionSearch {
  query: string;
}

/** What one answer listed. */
export interface InstitutionList {
  /** Each with its place in the answer, from 0: what had to be left out is missing from the places. */
  institutions: { place: number; institution: InstitutionRecord }[];
  /** How many the aggregator has in all; null where it does not say. */
  total: number | null;
}

export type CategoryRecord = Category;

/** A call for one person, by the token of any of their items at this aggregator; null when they have none. */
export interface PersonCall extends Call {
  token: string | null;
}
