/** At most so many, evenly spread over all in their order. */
export function evenly<One>(all: readonly One[], most: number): readonly One[] {
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!) // below its length
}
