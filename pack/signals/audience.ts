/** Who comes to a site, as far as it bears on how many reports there will be. */
export type Audience = {
  /** Browsers that come in a week. */
  readonly visitors: number
  /** Share of them that come in the week after, too. */
  readonly returning: number
  /** Share of them that come for the first time. */
  readonly fresh: number
  /** Visits a week of one that comes: one report leaves in each. */
  readonly visits: number
  /** Weeks that are looked at together. */
  readonly epochs: number
}

/** What is taken for granted where nothing is said: every site should look up its own. */
export const USUAL_AUDIENCE: Omit<Audience, 'visitors'> = { returning: 0.3, fresh: 0.5, visits: 2, epochs: 1 }
