/**
 * Folds a plural's ending, so that `lamp` meets `lamps`, `box` `boxes` and `battery` `batteries`. A key to compare by, not a word to show:
 * `movie` and `movies` both become `movy`.
 * @param word one result of `tokenise`.
 */
export function singular(word: string): string {
  if (word.length > 4 && /ies?$/.test(word)) return word.replace(/ies?$/, 'y')
  if (word.length > 4 && /(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2)
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word
}
