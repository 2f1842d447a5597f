/** The choices of fewer cannot tell models, settings or weights apart, and would rather tell what single visitors chose. */
const FEWEST_VISITORS = 50

/** Whether choices are of so many visitors that what is learned from them may be published: 50 at least, and the support. */
export function isEnough(choices: readonly { readonly visitor?: number }[], support: number): boolean {
  return visitorCount(choices) >= Math.max(FEWEST_VISITORS, support)
}

/** Distinct visitors; choices that don't say whose they are count as another's each. */
export function visitorCount(choices: readonly { readonly visitor?: number }[]): number {
  const named = new Set<number>()
  let nameless = 0
  for (const { visitor } of choices) {
    if (visitor === undefined) nameless++
    else named.add(visitor)
  }
  return named.size + nameless
}
