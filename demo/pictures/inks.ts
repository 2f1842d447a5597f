/** The shop's five printing inks, by name; their colours are in the style sheet, light and dark. */
const INKS = ['cobalt', 'marker', 'coral', 'mint', 'lilac'] as const
type Ink = (typeof INKS)[number]

/** Two or three grounds a sub-category, so that a category has a face of its own; neighbours in a menu differ. */
const GROUNDS: Readonly<Record<string, readonly Ink[]>> = {
  Bookcases: ['lilac', 'coral'],
  Chairs: ['cobalt', 'mint', 'marker'],
  Furnishings: ['marker', 'coral', 'mint'],
  Tables: ['mint', 'lilac'],
  Appliances: ['mint', 'cobalt'],
  Art: ['coral', 'marker', 'lilac'],
  Binders: ['cobalt', 'coral', 'lilac'],
  Envelopes: ['marker', 'lilac'],
  Fasteners: ['coral', 'mint'],
  Labels: ['lilac', 'marker'],
  Paper: ['marker', 'cobalt', 'mint'],
  Storage: ['coral', 'cobalt'],
  Supplies: ['mint', 'coral'],
  Accessories: ['lilac', 'cobalt', 'mint'],
  Copiers: ['cobalt', 'marker'],
  Machines: ['coral', 'lilac', 'mint'],
  Phones: ['mint', 'marker', 'lilac'],
}

/** The ground of a picture and the ink of its flat shape, never the same one. */
export function inksOf(subCategory: string, seed: number): { readonly ground: Ink; readonly inks: Ink } {
  const grounds = GROUNDS[subCategory] ?? INKS
  const ground = grounds[seed % grounds.length]!
  const others = INKS.filter((ink) => ink !== ground)
  return { ground, inks: others[(seed >>> 20) % others.length]! }
}
