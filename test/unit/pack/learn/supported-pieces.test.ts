import { expect, test } from 'vitest'
import { supportedPieces } from '../../../../pack/learn/supported-pieces'

const cut = (sequences: number[][], support: number, owners = sequences.map((_, at) => at)) =>
  supportedPieces(
    sequences.map((sequence) => Int32Array.from(sequence)),
    owners,
    10,
    support,
  ).map((piece) => [...piece])

test('a step that too few visitors took is cut, in whichever order they took it', () => {
  const log = [[0, 1, 2, 3], [1, 0], [3, 2, 5], [6]]
  expect(cut(log, 2)).toEqual([
    [0, 1],
    [2, 3],
    [1, 0],
    [3, 2],
  ])
  expect(cut(log, 3)).toEqual([])
  expect(cut(log, 1)).toEqual(log)
})

test('an item may be joined over others, five steps back, no more', () => {
  const near = [0, 4, 5, 6, 7, 1]
  expect(cut([near, [0, 1], [4, 0], [5, 0], [6, 0], [7, 0]], 2)[0]).toEqual(near)
  const far = [0, 4, 5, 6, 7, 8, 1]
  expect(cut([far, [0, 1], [4, 0], [5, 0], [6, 0], [7, 0], [8, 0]], 2)[0]).toEqual([0, 4, 5, 6, 7, 8])
})

test('a visitor counts once, over several sequences and for the same pair again', () => {
  const log = [
    [0, 1, 0, 1],
    [2, 3],
    [1, 0],
  ]
  expect(cut(log, 2, [7, 8, 7])).toEqual([])
  expect(cut(log, 2, [7, 8, 9])).toEqual([
    [0, 1, 0, 1],
    [1, 0],
  ])
})

test('nothing gives nothing', () => {
  expect(cut([], 3)).toEqual([])
  expect(cut([[4]], 3)).toEqual([])
})
