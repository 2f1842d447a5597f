/** Kinds of office things and what tells one of a kind from the next. */
const KINDS = {
  Chairs: ['Furniture', 'swivel office chair', ['mesh back', 'leather', 'high back', 'with armrests', 'folding', 'stacking']],
  Lamps: ['Furniture', 'desk lamp', ['halogen', 'LED', 'clamp-on', 'dimmable', 'floor standing', 'magnifier']],
  Binders: ['Paper', 'ring binder', ['heavy duty', 'D-ring', 'clear cover', 'recycled', 'pocket', 'legal size']],
  Envelopes: ['Paper', 'white envelope', ['security tinted', 'peel and seal', 'window', 'padded', 'catalog size', 'interoffice']],
  Phones: ['Technology', 'cordless telephone', ['speaker', 'conference', 'headset', 'answering machine', 'two-line', 'digital']],
  Printers: ['Technology', 'laser printer', ['colour', 'duplex', 'wireless', 'multifunction', 'compact', 'label']],
} as const

export type Kind = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[]

/** A small catalog: six kinds of six items, ids like `chairs-2`, the kinds taking turns as an order of popularity would mix them. */
export const ITEMS = Array.from({ length: 6 }, (_, number) =>
  KIND_NAMES.map((kind) => {
    const [category, noun, variants] = KINDS[kind]
    return {
      id: `${kind.toLowerCase()}-${number}`,
      title: `${variants[number]} ${noun}`,
      categories: [category, kind],
      price: 20 + number,
      currency: 'EUR',
      url: `/p/${kind.toLowerCase()}-${number}`,
    }
  }),
).flat()

/** How many of these ids are of the kind. */
export function countKind(ids: readonly string[], kind: Kind): number {
  return ids.filter((id) => id.startsWith(`${kind.toLowerCase()}-`)).length
}
