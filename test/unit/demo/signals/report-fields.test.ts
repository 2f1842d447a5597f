import { describe, expect, test } from 'vitest'
import { weekOf } from '../../../../demo/panel/budget-lines'
import { epsilon } from '../../../../demo/panel/budget-meter'
import { reportFields } from '../../../../demo/panel/report-fields'
import { hex } from '../../../../src/shared/signals/plan-hash'
import { encodeReport } from '../../../../src/shared/signals/report'

describe('a report taken apart', () => {
  const bytes = encodeReport({
    metric: 1,
    group: 2,
    epoch: 0x0a0b,
    planTag: new Uint8Array(8).fill(0xcc),
    nonce: new Uint8Array(16).fill(0xdd),
    bits: new Uint8Array(8).fill(0xee),
  })

  test('is every byte of it, each under what it is for', () => {
    const fields = reportFields(hex(bytes))
    expect(fields.map(({ hex: own }) => own).join('')).toBe(hex(bytes))
    expect(Object.fromEntries(fields.map(({ name, hex: own }) => [name, own]))).toMatchObject({
      'which question': '01',
      'which group, drawn by chance': '02',
      'which week': '0b0a0000',
      'which plan': 'cc'.repeat(8),
      'one-time number': 'dd'.repeat(16),
      'the buckets named': 'ee'.repeat(8),
    })
  })

  test('of another size, it is shown whole', () => {
    expect(reportFields('abcd')).toEqual([{ name: 'encrypted for two operators', hex: 'abcd' }])
  })
})

test('what is spent is never said to be less', () => {
  expect([0, 1, 500_001, 1_000_000, 2_000_000].map(epsilon)).toEqual(['0', '0.01', '0.51', '1', '2'])
})

test('weeks are named by their Monday', () => {
  expect(weekOf(2967)).toBe('Week of 16 November')
})
