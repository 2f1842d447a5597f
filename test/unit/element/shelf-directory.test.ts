import { describe, expect, it, vi } from 'vitest'
import type { Sotto } from '../../../src/api'
import { ShelfDirectory } from '../../../src/element/shelf-directory'

// The directory reads nothing but the namespace.
const sottoOf = (namespace: string) => ({ namespace }) as Sotto

describe('ShelfDirectory', () => {
  it('keeps unnamed shelves with the namespace that came first', () => {
    const directory = new ShelfDirectory()
    expect(directory.find(null)).toBeUndefined()
    const [first, second] = [sottoOf('one'), sottoOf('two')]
    directory.add(first)
    directory.add(second)
    expect(directory.find(null)).toBe(first)
    expect(directory.find('')).toBe(first)
    expect(directory.find('two')).toBe(second)
    expect(directory.find('three')).toBeUndefined()
  })

  it('replaces a Sotto by the latest of its namespace, in its place', () => {
    const directory = new ShelfDirectory()
    const again = sottoOf('one')
    for (const sotto of [sottoOf('one'), sottoOf('two'), again]) directory.add(sotto)
    expect(directory.find(null)).toBe(again)
  })

  it('tells watchers until they stop', () => {
    const directory = new ShelfDirectory()
    const watcher = vi.fn()
    const stop = directory.watch(watcher)
    directory.add(sottoOf('one'))
    stop()
    directory.add(sottoOf('two'))
    expect(watcher).toHaveBeenCalledTimes(1)
  })
})
