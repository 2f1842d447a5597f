import { expect, test } from 'vitest'
import { writePart } from '../../../pack/write-part'
import { SottoError } from '../../../src/shared/errors'
import { ModelLibrary } from '../../../worker/models/model-library'
import type { ModelPart } from '../../../worker/models/model-part'
import { nodeTensors } from '../../support/node-tensors'

const PART: ModelPart = {
  model: 'popularity',
  settings: {},
  tensors: { counts: { shape: [2], data: Uint16Array.of(2048, 4096) } },
}

function libraryOf({ kept = false, fails = 0, content = writePart(PART) } = {}) {
  const calls: string[] = []
  let left = fails
  const library = new ModelLibrary(
    {
      files: [
        { model: 'popularity', file: 'p', bytes: content.length },
        { model: 'of-a-later-version', file: 'q', bytes: 1 },
      ],
      kept: async () => {
        calls.push('kept')
        return kept ? content : undefined
      },
      fetch: async () => {
        calls.push('fetch')
        if (left-- > 0) throw new SottoError('catalog-failed', 'no network')
        return content
      },
    },
    nodeTensors(),
  )
  return { library, calls }
}

test('lists the models it knows, and opens each once', async () => {
  const { library, calls } = libraryOf()
  expect(library.names).toEqual(['popularity'])
  const [one, other] = await Promise.all([library.model('popularity', 'anywhere'), library.model('popularity', 'anywhere')])
  expect(one).toBe(other)
  expect(one).toBe(await library.model('popularity', 'here'))
  const scores = new Float32Array(2)
  await one!.score({ items: new Int32Array(0) }, scores)
  expect([...scores]).toEqual([1, 2])
  expect(calls).toEqual(['kept', 'fetch'])
})

test('within reach is only what is kept; what is not is asked for again', async () => {
  const { library, calls } = libraryOf()
  expect(await library.model('popularity', 'here')).toBeUndefined()
  expect(calls).toEqual(['kept'])
  expect(await library.model('popularity', 'anywhere')).toBeDefined()
  expect(await libraryOf({ kept: true }).library.model('popularity', 'here')).toBeDefined()
  expect(await library.model('ease', 'anywhere')).toBeUndefined()
})

test('who looks everywhere does not get the answer of who only looked here', async () => {
  const { library } = libraryOf()
  const [here, anywhere] = await Promise.all([library.model('popularity', 'here'), library.model('popularity', 'anywhere')])
  expect(here).toBeUndefined()
  expect(anywhere).toBeDefined()
  expect(await library.model('popularity', 'here')).toBe(anywhere)
})

test('disposing frees models, those that come later too', async () => {
  const { library } = libraryOf()
  const model = await library.model('popularity', 'anywhere')
  let freed = 0
  Object.assign(model!, { dispose: () => freed++ })
  library.dispose()
  expect(freed).toBe(1)
})

test('a failure is told, and tried again at the next asking', async () => {
  const { library } = libraryOf({ fails: 1 })
  await expect(library.model('popularity', 'anywhere')).rejects.toMatchObject({ code: 'catalog-failed' })
  expect(await library.model('popularity', 'anywhere')).toBeDefined()
})

test('a file that is not what it should be names what is wrong', async () => {
  const content = writePart({ ...PART, tensors: {} })
  await expect(libraryOf({ content }).library.model('popularity', 'anywhere')).rejects.toThrow('tensor "counts" is missing')
})
