/** `undefined` where the text is no URL, instead of an exception. */
function parse(value: string, base?: string): URL | undefined {
  try {
    return new URL(value, base)
  } catch {
    return undefined
  }
}

/**
 * Makes a catalog's URL safe to put into a link or a picture.
 *
 * The browser's own parser decides what the scheme is, so nothing can look harmless here and run there.
 *
 * @param base what relative URLs start from, usually `document.baseURI`.
 * @returns the absolute URL if it is http(s), or relative to `base` (whatever the scheme of `base`); `undefined` for every other scheme
 *          (`javascript:`, `data:`, `blob:`, …), for text with control characters (parsers drop tabs and newlines, even inside a scheme)
 *          and for what is no URL at all, the empty text included.
 * Source: WHATWG URL Standard, section 4.4.
 */
export function safeUrl(value: string | undefined, base: string): string | undefined {
  if (!value?.trim() || [...value].some((char) => char < ' ')) return undefined
  const absolute = parse(value)
  if (absolute) return /^https?:$/.test(absolute.protocol) ? absolute.href : undefined
  return parse(value, base)?.href
}
