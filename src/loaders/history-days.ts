/** How far back the aggregators' data go, days: what a list of transactions without dates is of. */
export const HISTORY_DAYS = 731;
