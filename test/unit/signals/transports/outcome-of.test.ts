import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../../../worker/signals/transports/outcome-of'

const said = (text: string) => async () => text
const neverRead = () => Promise.reject(new Error('read'))

test.each([200, 201, 204, 299])('%i: accepted', async (status) => expect(await outcomeOf(status, neverRead)).toBe('accepted'))

test.each([400, 401, 404, 409, 413, 415, 422])('%i: refused, and not sent again', async (status) => {
  expect(await outcomeOf(status, said(''))).toEqual({ refusedFor: `HTTP status ${status}` })
})

test.each([408, 425, 429, 500, 502, 503, 504])('%i: later', async (status) => expect(await outcomeOf(status, neverRead)).toBe('later'))

test.each([0, 100, 301, 304, 399, 600])('%i, which is no answer to a report: later', async (status) =>
  expect(await outcomeOf(status, neverRead)).toBe('later'),
)

describe('the reason of a refusal', () => {
  test('of an answer that breaks off: it is none, and comes again', async () => {
    await expect(outcomeOf(422, neverRead)).rejects.toThrow('read')
  })

  test.each([
    ['{"code":"plan-unknown","message":"the report is for another plan"}', 'plan-unknown'],
    ['{"type": "urn:ietf:params:ppm:dap:error:reportRejected", "title": "…"}', 'urn:ietf:params:ppm:dap:error:reportRejected'],
    ['{ "type" :\n  "urn:ietf:params:ppm:dap:error:reportTooEarly" }', 'urn:ietf:params:ppm:dap:error:reportTooEarly'],
    ['<h1>No</h1>', 'HTTP status 400'],
    ['{"code":"<img src=x>"}', 'HTTP status 400'],
    [`{"code":"${'x'.repeat(100)}"}`, 'HTTP status 400'],
  ])('of %s', async (text, refusedFor) => expect(await outcomeOf(400, said(text))).toEqual({ refusedFor }))
})
