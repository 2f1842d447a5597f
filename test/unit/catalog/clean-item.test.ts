import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemProblem } from '../../../src/shared/items'
import { cleanItem } from '../../../worker/catalog/clean-item'

function clean(raw: unknown) {
  const problems: ItemProblem[] = []
  return { item: cleanItem(raw, (problem) => problems.push(problem)), problems }
}
/** What one field becomes, beside a sound id and title. */
function cleanField(name: string, value: unknown) {
  const { item, problems } = clean({ id: 'a', title: 'A', [name]: value })
  return [item?.[name as keyof typeof item], ...problems]
}

describe('cleanItem', () => {
  it('keeps a whole item as it is', () => {
    const item = {
      id: 'sku-1',
      title: 'Oak desk',
      description: 'Solid',
      categories: ['Furniture', 'Desks'],
      brand: 'Bush',
      price: 12.5,
      currency: 'EUR',
      image: 'https://x.test/1.jpg',
      url: '/p/1',
      available: false,
      published: 1_700_000_000_000,
      tags: ['new'],
      groupId: 'g1',
      attributes: { colour: 'brown', width: 120, foldable: false },
    }
    expect(clean(item)).toEqual({ item, problems: [] })
  })

  it.each([
    [undefined, 'not-an-object'],
    [null, 'not-an-object'],
    ['sku-1', 'not-an-object'],
    [[{ id: 1, title: 'x' }], 'not-an-object'],
    [{ title: 'x' }, 'without-id'],
    [{ id: '  ', title: 'x' }, 'without-id'],
    [{ id: Number.NaN, title: 'x' }, 'without-id'],
    [{ id: {}, title: 'x' }, 'without-id'],
    [{ id: 'a\nb', title: 'x' }, 'without-id'],
    [{ id: 'x'.repeat(201), title: 'x' }, 'without-id'],
    [{ id: 1 }, 'without-title'],
    [{ id: 1, title: ' ' }, 'without-title'],
  ])('%j is no item: %s', (raw, problem) => {
    expect(clean(raw)).toEqual({ item: undefined, problems: [problem] })
  })

  it.each([
    ['id', 17, '17'],
    ['id', ' a ', 'a'],
    ['title', 1984, '1984'],
    ['categories', 'Furniture > Chairs >', ['Furniture', 'Chairs']],
    ['categories', [' A ', '', null, 3], ['A', '3']],
    ['categories', undefined, []],
    ['price', '12.50', 12.5],
    ['price', 0, 0],
    ['price', '', undefined],
    ['currency', 'eur', 'EUR'],
    ['published', '2024-01-02T00:00:00Z', Date.UTC(2024, 0, 2)],
    ['tags', 'red, blue', ['red', 'blue']],
    ['tags', [], undefined],
    ['image', 'data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
    ['image', '//cdn.test/x.png', '//cdn.test/x.png'],
    ['url', 'p/1?x=1#y', 'p/1?x=1#y'],
    ['description', null, undefined],
    ['groupId', 5, '5'],
    ['attributes', { a: 1, b: null }, { a: 1 }],
  ])('%s %j becomes %j', (name, value, expected) => {
    expect(cleanField(name, value)).toEqual([expected])
  })

  it.each([
    ['price', -1, 'impossible-price'],
    ['price', 'free', 'impossible-price'],
    ['price', Number.POSITIVE_INFINITY, 'impossible-price'],
    ['price', 1e12, 'impossible-price'],
    ['price', {}, 'impossible-price'],
    ['url', 'javascript:alert(1)', 'unsafe-url'],
    ['url', ' java\nscript:alert(1)', 'unsafe-url'],
    ['url', 'data:text/html,x', 'unsafe-url'],
    ['url', 'data:image/png;base64,AAAA', 'unsafe-url'],
    ['url', 'http://', 'unsafe-url'],
    ['url', 5, 'unsafe-url'],
    ['image', 'JAVASCRIPT:alert(1)', 'unsafe-url'],
    ['image', 'data:text/html,x', 'unsafe-url'],
    ['image', `data:image/png;base64,${'A'.repeat(30_000)}`, 'unsafe-url'],
    ['currency', 'Euro', 'wrong-type'],
    ['available', 'yes', 'wrong-type'],
    ['published', 'yesterday', 'wrong-type'],
    ['brand', {}, 'wrong-type'],
    ['attributes', 'red', 'wrong-type'],
  ])('%s %j is left out: %s', (name, value, problem) => {
    expect(cleanField(name, value)).toEqual([undefined, problem])
  })

  it('cuts over-long text, never through a character', () => {
    const [title, problem] = cleanField('description', `${'x'.repeat(499)}😀`)
    expect(title).toBe('x'.repeat(499))
    expect(problem).toBe('over-long-text')
  })

  it('keeps markup as the text it is', () => {
    const title = '<script>alert(1)</script><b onclick="x()">Desk</b>'
    expect(clean({ id: 1, title }).item?.title).toBe(title)
  })

  it('makes an item or a problem of anything, and its own items stay as they are', () => {
    const field = fc.anything({ maxDepth: 2 })
    const names = 'id title description categories brand price currency image url available published tags groupId attributes'.split(' ')
    const almost = fc.record(Object.fromEntries(names.map((name) => [name, field])), { requiredKeys: [] })
    const likely = fc.tuple(almost, fc.oneof(fc.string(), fc.integer()), fc.string()).map(([rest, id, title]) => ({ ...rest, id, title }))
    fc.assert(
      fc.property(fc.oneof(field, almost, likely), (raw) => {
        const { item, problems } = clean(raw)
        if (item === undefined) expect(problems.length).toBeGreaterThan(0)
        else expect(clean(JSON.parse(JSON.stringify(item)))).toEqual({ item: JSON.parse(JSON.stringify(item)), problems: [] })
      }),
      { seed: 7, numRuns: 1_000 },
    )
  })
})
