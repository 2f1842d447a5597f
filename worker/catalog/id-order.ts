/** The places of ids in ascending order, for `savedIds`. By UTF-16 units, as `<` compares: the same in every browser and language. */
export function orderIds(ids: readonly string[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(ids.keys()).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1))
}

/** Where each id ends in the text of all, one a line. */
export function endsOf(ids: readonly string[]): Uint32Array<ArrayBuffer> {
  let end = -1
  return Uint32Array.from(ids, (id) => {
    end += id.length + 1
    return end
  })
}
