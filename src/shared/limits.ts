/** Every cap in one place: a name, a unit and a reason each. */

const DAY_MS = 86_400_000

/** GA4's own limit of items in one event. */
export const MAX_ITEMS_PER_EVENT = 200
/** Longer texts carry no preference, but fill the disk. Characters. */
export const MAX_TEXT_LENGTH = 500
/** Ids are keys; a longer one is a defect of the site. Characters. */
export const MAX_ID_LENGTH = 200
/** Beyond this a price is a typing mistake. */
export const MAX_PRICE = 1e9
export const MAX_QUANTITY = 1e5
/** Clocks of page and worker are one clock; the slack is for a clock corrected in between. */
export const FUTURE_SLACK_MS = 5_000
/** A double click or a tag fired twice; a person does not do the same thing twice that fast. */
export const DUPLICATE_WINDOW_MS = 1_000
/** GA4's session length. */
export const SESSION_GAP_MS = 30 * 60_000
/** Half a year: last season still tells something, two years ago does not. */
export const DEFAULT_MAX_AGE_MS = 180 * DAY_MS
/** About 3 MB, and more than most visitors do in that time. */
export const DEFAULT_MAX_EVENTS = 10_000
/** Their vectors take 12.8 MB, and plain JavaScript reads them in about 10 ms. */
export const MAX_ITEMS = 100_000
/** A listing page, not a catalog. */
export const MAX_LIMIT = 200
/** Two rows of four. */
export const DEFAULT_LIMIT = 8
/** A screen of a panel. */
export const DEFAULT_HISTORY_LIMIT = 100
/** All that is kept by default. */
export const MAX_HISTORY_LIMIT = 10_000
/** Dimensions of an item vector that Sotto encodes itself: 64 of the word table, 64 of spelling. */
export const VECTOR_DIMS = 128
