import { expect, test } from 'vitest'
import { keepChoice, readChoice } from '../../../demo/shop/consent-choice'
import { memoryStorage } from '../../support/memory-storage'

test('a lasting answer outlives the tab, "only this visit" does not', () => {
  const local = memoryStorage()
  const session = memoryStorage()
  expect(readChoice(local, session)).toBe('pending')
  keepChoice('granted', local, session)
  expect(readChoice(local, memoryStorage())).toBe('granted')
  keepChoice('session', local, session)
  expect(readChoice(local, session)).toBe('session')
  expect(readChoice(local, memoryStorage())).toBe('pending')
  keepChoice('denied', local, session)
  expect(readChoice(local, memoryStorage())).toBe('denied')
  keepChoice('pending', local, session)
  expect(readChoice(local, session)).toBe('pending')
})

test('what is no answer is none', () => {
  const local = memoryStorage()
  local.setItem('quire-choice', 'yes please')
  expect(readChoice(local, memoryStorage())).toBe('pending')
})
