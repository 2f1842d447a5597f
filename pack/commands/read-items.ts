import { stat } from 'node:fs/promises'
import { SottoError } from '../../src/shared/errors'
import { createItemIntake, type ItemIntake } from '../../worker/catalog/item-intake'
import type { Progress } from '../make/progress'
import { type Feed, readFeed } from '../read/read-feed'
import { createReasonTally, type ReasonCounts } from '../read/reason-counts'
import { manyEntries } from './words'

/** The problems that leave an entry out as a whole; others cost it a field, or a part of one. */
const FATAL: ReadonlySet<string> = new Set(['not-an-object', 'without-id', 'without-title', 'duplicate-id', 'over-capacity'])

/** The items of a feed, and what became of its other entries. */
export type ReadItems = Feed &
  Pick<ItemIntake, 'items' | 'positions'> & {
    readonly leftOut: ReasonCounts
    readonly flaws: ReasonCounts
  }

/** @throws SottoError as `readFeed` does; `catalog-failed` where no entry is an item. */
export async function readItems(path: string, locale: string | undefined, progress: Progress): Promise<ReadItems> {
  progress.begin(`reading ${path}`, await fileSize(path))
  const feed = await readFeed(path, { locale, onBytes: progress.advance })
  progress.end()
  const intake = createItemIntake()
  intake.add(feed.entries)
  const broken = feed.entries.filter((entry) => entry === undefined).length
  const leftOut = createReasonTally()
  const flaws = createReasonTally()
  leftOut.add('broken-row', broken)
  for (const [problem, times] of Object.entries(intake.problems)) {
    const tally = FATAL.has(problem) ? leftOut : flaws
    tally.add(problem, problem === 'not-an-object' ? times - broken : times)
  }
  if (intake.items.length === 0) {
    const why = `${Object.keys(leftOut.counts).join(', ')})${feed.unknownColumns.length > 0 ? `; columns not understood: ${feed.unknownColumns.join(', ')}` : ''}`
    throw new SottoError('catalog-failed', `${path}: none of its ${manyEntries(feed.entries.length)} is an item (${why}`, {
      reason: 'empty',
    })
  }
  return { ...feed, items: intake.items, positions: intake.positions, leftOut: leftOut.counts, flaws: flaws.counts }
}

/** In bytes; 0 where there is no such file, which whoever reads it will say. */
export async function fileSize(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}
