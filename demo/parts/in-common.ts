/** What things have in common, each said once: "Chairs" leaves "chair" and "Chairs" out. In order, categories first. */
export function inCommon(categories: readonly string[], words: readonly string[]): string[] {
  const said = new Set<string>()
  return [...categories, ...words].filter((word) => {
    const form = singular(word)
    if (said.has(form)) return false
    said.add(form)
    return true
  })
}

/** A word in small letters and without the ending of an English plural, to compare words by; not always a word itself. */
export function singular(word: string): string {
  return word
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=ss|x|ch|sh)es$/, '')
    .replace(/(?<!s)s$/, '')
}
