import type { Interest, Profile } from '../../src/shared/status'
import type { Catalog } from '../catalog/catalog'
import type { Checkpoint } from '../history/checkpoint'
import { attendedItems } from './attention'
import { findInterests } from './interests'

const MAX_ITEMS = 5
const MAX_CATEGORIES = 10

/**
 * Says what the history says, in a form for the visitor to read. Reads the fields of at most 25 items.
 * @param catalog `undefined` where there is none: then there are counts, but neither interests nor categories.
 * @param now milliseconds since 1970.
 */
export async function summarise(checkpoint: Checkpoint, catalog: Catalog | undefined, now: number): Promise<Profile> {
  const { count, sessions, firstTime, lastTime, counts } = checkpoint
  return {
    events: count,
    sessions,
    ...(firstTime === undefined ? {} : { firstEvent: firstTime }),
    ...(lastTime === undefined ? {} : { lastEvent: lastTime }),
    counts,
    ...(catalog ? await taste(checkpoint, catalog, now) : { interests: [], categories: [] }),
  }
}

async function taste({ touches }: Checkpoint, catalog: Catalog, now: number): Promise<Pick<Profile, 'interests' | 'categories'>> {
  const attended = attendedItems(touches, catalog, now)
  const interests: Interest[] = []
  for (const { share, members } of findInterests(attended, catalog)) {
    const items = await catalog.items(members.slice(0, MAX_ITEMS).map(({ index }) => index))
    const label = shareByCategory(members, catalog)[0]?.name ?? ''
    const named = members.slice(0, MAX_ITEMS).map(({ touch }, at) => {
      return { id: touch.id, title: items[at]!.id === touch.id ? items[at]!.title : (touch.title ?? touch.id) }
    })
    interests.push({ share, label, items: named })
  }
  return { interests, categories: shareByCategory(attended, catalog).slice(0, MAX_CATEGORIES) }
}

/** Narrowest category names with the weight that fell on them, strongest first, the first seen first where equal. */
function shareByCategory(weighted: readonly { readonly index: number; readonly weight: number }[], catalog: Catalog) {
  const shares = new Map<string, number>()
  for (const { index, weight } of weighted) {
    const name = catalog.paths[catalog.categoryOf[index]!]?.at(-1)
    if (name) shares.set(name, (shares.get(name) ?? 0) + weight)
  }
  return [...shares].map(([name, share]) => ({ name, share })).sort((a, b) => b.share - a.share)
}
