/** What an audit found out about one claim: a line of the table. */
export type Finding = {
  readonly audit: string
  /** What must hold. */
  readonly stated: string
  readonly measured: string
  /** `undefined`: there was nothing to look at here, and `measured` says what is missing. */
  readonly passes: boolean | undefined
}

/** How much an audit looks at. `short`: a few seconds for all, in the tests; `full`: as the specification demands. */
export type Thoroughness = 'short' | 'full'

/** One file each: the same code looks at little in the tests, and at as much as was promised in `npm run audit:privacy`. */
export type Audit = (thoroughness: Thoroughness) => Promise<readonly Finding[]> | readonly Finding[]

/** Significant digits, for the table. */
export function digits(value: number, count = 4): string {
  return Number(value.toPrecision(count)).toString()
}
