import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ITEMS } from '../support/built-items'
import { call, DIST, launch, shopPage, view } from '../support/built-page'
import { serve } from '../support/built-server'

describe('who scores, as built', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  /** A visitor of a fresh profile who looked at three chairs. */
  async function visitor(compute: string) {
    const server = await serve({
      roots: { '/sotto/': DIST },
      pages: {
        '/': shopPage({ attributes: `data-consent="granted" data-catalog="/catalog.json" data-compute="${compute}"` }),
        '/catalog.json': JSON.stringify(ITEMS),
      },
    })
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(server.origin)
    for (const id of ['chairs-0', 'chairs-1', 'chairs-2']) await view(page, id)
    const shelves = []
    for (const request of [
      { strategy: 'for-you' },
      { strategy: 'similar', itemId: 'lamps-0' },
      { strategy: 'search', query: 'ring binder' },
    ]) {
      shelves.push(await call(page, 'recommend', { limit: 12, ...request }))
    }
    const { compute: status } = await call(page, 'status')
    const chunks = server.requests.filter(({ url }) => url.includes('/chunks/webgpu'))
    await context.close()
    await server.close()
    return {
      status,
      chunks,
      shelves: shelves.map(({ items }) => items.map(({ id, score }) => ({ id, score }))),
      backends: shelves.map(({ backend }) => backend),
    }
  }

  test('a GPU gives the very ranking that plain JavaScript gives, and tfjs is loaded for it alone', async () => {
    const [onJs, onGpu, chosen] = [await visitor('js'), await visitor('webgpu'), await visitor('auto')]
    expect(onGpu.status).toMatchObject({ requested: 'webgpu', backend: 'webgpu' })
    // A software adapter: good for correctness, never for time.
    console.log(`scored on ${onGpu.status.adapter}`)
    expect(onGpu.status.adapter).toMatch(/\w/)
    expect(onGpu.backends).toEqual(['webgpu', 'webgpu', 'webgpu'])
    expect(onGpu.chunks).toHaveLength(1)
    // Visitors who look at things at another pace weigh them a little differently. Bit for bit is the browser test's to show.
    const expected = onJs.shelves.map((shelf) => shelf.map(({ id, score }) => ({ id, score: expect.closeTo(score, 5) })))
    expect(onGpu.shelves).toEqual(expected)
    expect(onJs.backends).toEqual(['js', 'js', 'js'])
    expect(onJs.chunks).toEqual([])
    expect(chosen.status).toMatchObject({ requested: 'auto', backend: 'js' })
    expect(chosen.chunks).toEqual([])
    expect(chosen.shelves).toEqual(expected)
  })
})
