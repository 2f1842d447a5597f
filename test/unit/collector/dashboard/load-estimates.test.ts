import { describe, expect, test } from 'vitest'
import { loadEstimates } from '../../../../collector/dashboard/load-estimates'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { madeDocument } from '../../../support/estimates-document'
import { documentOf, published } from './make-published'

const URL_OF_ESTIMATES = new URL('https://collect.example/v1/estimates')
const FUNNEL: Metric = { name: 'funnel', counts: 'funnel' }
const answering =
  (body: string, status = 200) =>
  async () =>
    new Response(body, { status })

describe('estimates', () => {
  test('are asked for without credentials, and taken as they are', async () => {
    const document = documentOf([FUNNEL], [[published(FUNNEL, [[1, 2, 3, 4, 5]])]])
    const asked: unknown[] = []
    const fetchJson = async (...call: unknown[]) => {
      asked.push(call)
      return new Response(JSON.stringify(document))
    }
    expect(await loadEstimates(URL_OF_ESTIMATES, fetchJson)).toEqual(document)
    expect(asked).toEqual([[URL_OF_ESTIMATES, { credentials: 'omit', headers: { accept: 'application/json' } }]])
  })

  test.each([
    ['no answer', async () => Promise.reject(new TypeError('refused')), /^The collector did not answer/],
    ['an error', answering('', 503), /^The collector answered 503 where 200 was expected/],
    ['a page', answering('<!doctype html>'), /^The collector’s answer is no JSON/],
    ['nothing', answering('null'), /not of the format estimates\/1/],
    ['a newer format', answering('{"sotto":"estimates/2","plans":{},"epochs":[]}'), /not of the format estimates\/1/],
    [
      'a metric of no plan',
      answering(JSON.stringify(madeDocument({}, [[published(FUNNEL, [[1, 2, 3, 4, 5]])]]))),
      /plan a1b2c3d4 holds no metric “funnel” of kind funnel/,
    ],
  ])('that cannot be read say why: %s', async (_, fetchJson, message) => {
    await expect(loadEstimates(URL_OF_ESTIMATES, fetchJson)).rejects.toThrow(message)
  })
})
