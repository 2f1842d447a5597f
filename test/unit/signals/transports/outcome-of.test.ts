import { expect, test } from 'vitest'
import { outcomeOf } from '../../../../worker/signals/transports/outcome-of'

test.each([200, 201, 204, 299])('%i: accepted', (status) => expect(outcomeOf(status)).toBe('accepted'))

test.each([400, 401, 404, 409, 413, 415, 422])('%i: refused, and not sent again', (status) => expect(outcomeOf(status)).toBe('refused'))

test.each([408, 425, 429, 500, 502, 503, 504])('%i: later', (status) => expect(outcomeOf(status)).toBe('later'))

test.each([0, 100, 301, 304, 399, 600])('%i, which is no answer to a report: later', (status) => expect(outcomeOf(status)).toBe('later'))
