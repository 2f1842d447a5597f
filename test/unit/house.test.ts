import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { VERSION } from '../../src/shared/version'
import { brokenArrows, brokenArrowsIn, importsOf } from '../support/arrows'

const ROOT = join(import.meta.dirname, '../..')
const SIDES = ['src', 'worker', 'pack', 'collector', 'demo']

const sources = SIDES.flatMap((side) =>
  readdirSync(join(ROOT, side), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !/^(generated|dist)/.test(file))
    .map((file) => join(ROOT, side, file)),
)

describe('imports follow the arrows', () => {
  test('in every room', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(brokenArrowsIn(ROOT, sources)).toEqual([])
  })

  test.each([
    ['src/sotto.ts', "import { LocalEngine } from '../worker/engine'", 'worker/engine.ts'],
    ['worker/engine.ts', "import { Bridge } from '../src/bridge'", 'src/bridge.ts'],
    ['worker/compute/js-index.ts', "import type { HistoryStore } from '../store/history-store'", 'worker/store'],
    ['worker/catalog/catalog.ts', "import { openDB } from 'idb'", 'idb'],
    ['worker/compute/js-index.ts', "const tf = await import('@tensorflow/tfjs-core')", '@tensorflow/tfjs-core'],
    ['demo/shop/shop.ts', "export { createSotto } from '../../src/index'", 'src'],
    ['src/shared/limits.ts', "import '../sotto'", 'src'],
    ['collector/index.ts', "import { LocalEngine } from '../worker/engine'", 'worker/engine.ts'],
    ['attic/index.ts', '', 'attic/index.ts is in no room'],
  ])('and a wrong one is refused: %s, %s', (file, source, wrong) => {
    expect(brokenArrows(file, source)).toEqual([expect.stringContaining(wrong)])
  })

  test('every way to import is seen', () => {
    const source =
      "import a from 'a'\nimport type { B } from 'b'\nimport {\n  c,\n} from 'c'\nexport * from 'd'\nimport 'e'\nawait import('f')"
    expect(importsOf(source)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })
})

describe('types', () => {
  /** Type-checks one file with the settings of a side. @returns what the compiler says, empty where it is content. */
  const typeCheck = (project: string) => {
    try {
      return execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { cwd: ROOT, encoding: 'utf8' })
    } catch (error) {
      return String((error as { stdout: string }).stdout)
    }
  }

  test('document is a compile error in the worker', () => {
    const said = typeCheck('test/types/worker')
    expect(said).toContain("Cannot find name 'document'")
    expect(said.match(/error TS/g)).toHaveLength(1)
  })

  test('so it is in what every side shares', () => {
    const said = typeCheck('test/types/shared')
    expect(said).toContain("Cannot find name 'document'")
    expect(said.match(/error TS/g)).toHaveLength(1)
  })
})

describe('habits', () => {
  test('no source draws from Math.random', () => {
    expect(sources.filter((file) => readFileSync(file, 'utf8').includes('Math.random'))).toEqual([])
  })

  test('the version is that of the package', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version).toBe(VERSION)
  })

  // What is `resolved` without one is the collector's own folder.
  test('the lock file holds no download addresses', () => {
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "[^"]*:|https?:\/\/[^"]*\.tgz/)
  })
})
