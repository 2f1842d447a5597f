/**
 * Folds what does not change a word's meaning: width and ligatures (NFKC), accents (NFD without U+0300-U+036F), case, apostrophes.
 * The same in every locale.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/['\u2018\u2019`]/g, '')
}

/** The runs of letters and digits of a text, normalised, in order; empty for a text without any. */
export function tokenise(text: string): string[] {
  return normalise(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
