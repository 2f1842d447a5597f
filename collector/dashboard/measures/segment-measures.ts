import type { Metric } from '../../../src/shared/signals/signal-plan'
import { bucketRange, type Measures, type RowsAs, type Words } from './measure'

/** What is asked of the browsers of a segment. */
export function segmentMeasures(by: Extract<Metric, { readonly counts: 'segment' }>['by'], rowsAs: RowsAs): Measures {
  const unseen: Words = ['not seen', 'were not seen']
  switch (by) {
    case 'stage': {
      const rows = rowsAs(unseen, (stage) => [stage, STAGES[stage] ?? `were ${stage}`])
      return { headline: rows[3]!, rows, asides: [] }
    }
    case 'frequency': {
      const rows = rowsAs(unseen, (times) => [
        `${times} ${times === '1' ? 'visit' : 'visits'}`,
        `came ${times} ${times === '1' ? 'time' : 'times'} in the week`,
      ])
      return {
        headline: { label: '2 or more', says: 'came twice or more in the week', weights: bucketRange(rows.length, 2) },
        rows,
        asides: [],
      }
    }
    case 'recency': {
      const rows = rowsAs(unseen, (weeks, at) => {
        if (at === 1) return ['for the first time', 'came for the first time']
        const span = `${weeks} ${weeks === '1' ? 'week' : 'weeks'}`
        return [`after ${span}`, `had last come ${span} before`]
      })
      return {
        headline: { label: '5 or more', says: 'came again after five weeks or more', weights: bucketRange(rows.length, 4) },
        rows,
        asides: [],
      }
    }
    default:
      return by satisfies never
  }
}

const STAGES: Readonly<Record<string, string>> = {
  new: 'were new in that week',
  returning: 'had been there before',
  loyal: 'had bought in two weeks or more',
  back: 'came back after four weeks or more',
}
