import { Prio3Histogram } from '@divviup/prio3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dapHistogram, dapIndex } from '../../../src/shared/signals/dap-histogram'
import { bucketsOf, groupsOf } from '../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../src/shared/signals/signal-plan'

/** A metric with so many buckets. @param k 3 or more. */
function ofLength(k: number): Metric {
  return { name: 'items', counts: 'item', event: 'viewed', items: Array.from({ length: k - 2 }, (_, at) => `sku-${at}`) }
}

function proofLength(length: number, chunkLength: number): number {
  return new Prio3Histogram({ shares: 2, length, chunkLength }).flp.proofLen
}

test.each([3, 4, 5, 8, 13, 64, 100, 256, 257, 1000, 1024])('of all chunk lengths, the one for %i buckets has the shortest proof', (k) => {
  const { length, chunkLength } = dapHistogram(ofLength(k))
  expect(length).toBe(k)
  const shortest = Math.min(...Array.from({ length }, (_, at) => proofLength(length, at + 1)))
  expect(proofLength(length, chunkLength)).toBe(shortest)
})

test('two buckets make a histogram of two', () => {
  expect(dapHistogram({ name: 'mean', counts: 'mean', of: 'basket', currency: 'EUR', most: 100 })).toEqual({ length: 2, chunkLength: 2 })
})

test('every answer has a place of its own, and all places are taken', () => {
  const variants = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 16 })
  fc.assert(
    fc.property(variants, (names) => {
      const metric: Metric = { name: 'test', counts: 'experiment', variants: names, goal: 'bought' }
      const places = groupsOf(metric).flatMap((_, group) => bucketsOf(metric).map((_, bucket) => dapIndex(metric, group, bucket)))
      expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: dapHistogram(metric).length }, (_, at) => at))
    }),
  )
})
