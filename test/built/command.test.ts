import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VERSION } from '../../src/shared/version'
import { readPackCore } from '../../worker/catalog/read-pack'
import { ITEMS } from '../support/built-items'
import { DIST } from '../support/built-page'

const ROOT = join(import.meta.dirname, '../..')

let folder: string
let command: string

/** What is published, far from this project and its packages. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-command-'))
  cpSync(DIST, join(folder, 'package'), { recursive: true })
  const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  command = join(folder, 'package', bin.sotto.replace('./dist/', ''))
})
afterAll(() => rmSync(folder, { recursive: true }))

const sotto = (...args: string[]) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' })
const write = (name: string, content: string) => writeFileSync(join(folder, name), content)

describe('the command as built', () => {
  test('tells its version', () => {
    expect(sotto('--version')).toBe(`${VERSION}\n`)
  })

  test('makes a pack with the text encoder beside it, learns, and shows what came of it', () => {
    write('items.json', JSON.stringify(ITEMS))
    const rows = Array.from({ length: 8 }, (_, user) => ITEMS.slice(0, 6).map(({ id }, day) => `u${user},${id},2026-01-0${day + 1}`))
    write('orders.csv', ['user,item,time', ...rows.flat()].join('\n'))
    expect(sotto('pack', 'items.json', '-o', 'catalog.pack')).toContain(`catalog.pack: ${ITEMS.length} items`)
    const { head } = readPackCore(new Uint8Array(readFileSync(join(folder, 'catalog.pack'))))
    expect(head.vectors.some((level) => level !== 0)).toBe(true)
    sotto('train', 'catalog.pack', '--orders', 'orders.csv', '--models', 'item-neighbours,transitions')
    const { parts, hasPrevious } = JSON.parse(sotto('inspect', 'catalog.pack', '--json'))
    expect(parts.map(({ model }: { model: string }) => model)).toEqual(['item-neighbours', 'transitions'])
    expect(hasPrevious).toBe(true)
    expect(sotto('pack', '--rollback', '-o', 'catalog.pack')).toContain('is the pack before again')
  })

  test('loads tfjs where a neural model is asked for', () => {
    write('items.json', JSON.stringify(ITEMS))
    const sequence = (user: number) => ITEMS.slice(user % 4, (user % 4) + 6).map(({ id }, day) => `u${user},${id},2026-01-0${day + 1}`)
    write('orders.csv', ['user,item,time', ...Array.from({ length: 60 }, (_, user) => sequence(user)).flat()].join('\n'))
    sotto('pack', 'items.json', '-o', 'neural.pack', '--orders', 'orders.csv', '--models', 'gru')
    expect(JSON.parse(sotto('inspect', 'neural.pack', '--json')).parts).toMatchObject([{ model: 'gru' }])
  })

  test('ends with 1 and 2 where it fails and where it is called wrongly', () => {
    write('empty.json', '[]')
    const status = (...args: string[]) => spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
    expect(status('pack', 'empty.json', '-o', 'x.pack')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('holds no entry'),
    })
    expect(status('pack')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('sotto pack --help tells more') })
  })
})
