/** Scripts written without spaces, where a run of letters is a phrase: kana, Han, Hangul. */
export const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]/

/**
 * Cuts a token into what is looked up: itself where the table knows it; else overlapping pairs of characters (unspaced scripts, more than
 * two characters); else its runs of digits and of non-digits (`s23` is `s`, `23`); else itself.
 * @param token one result of `tokenise`, not empty.
 * @param isKnown whether the table has a row for exactly this spelling.
 * @returns at least one piece, none empty.
 */
export function pieces(token: string, isKnown: (word: string) => boolean): readonly string[] {
  if (isKnown(token)) return [token]
  if (UNSPACED.test(token)) {
    const characters = Array.from(token)
    if (characters.length > 2) return characters.slice(1).map((next, index) => characters[index] + next)
  }
  return token.match(/\p{Nd}+|\P{Nd}+/gu) ?? [token]
}
