/** Names in a row: "a", "a and b", "a, b and 3 others". @param most of them that are named. */
export function listWords(names: readonly string[], most = 3): string {
  const named = names.slice(0, names.length === most + 1 ? most + 1 : most)
  const rest = names.length - named.length
  const parts = rest > 0 ? [...named, `${rest} others`] : named
  if (parts.length < 2) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
