import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPack, encoderFromDisk } from '../../pack'
import { ITEMS } from '../support/built-items'
import { call, DIST, launch, shopPage, view } from '../support/built-page'
import { serve } from '../support/built-server'

type Server = Awaited<ReturnType<typeof serve>>

const CHUNK = /\/chunks\/refined-index/

let browser: Browser
let server: Server

beforeAll(async () => {
  browser = await launch()
  const encoder = await encoderFromDisk()
  const page = (catalog: string) => shopPage({ attributes: `data-consent="granted" data-catalog="${catalog}"` })
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      '/fine.pack': buildPack(ITEMS, { encoder, fine: true }).core,
      '/coarse.pack': buildPack(ITEMS, { encoder }).core,
      '/fine/': page('/fine.pack'),
      '/coarse/': page('/coarse.pack'),
    },
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** A shop with a visitor in it who looked at a chair. */
async function visit(catalog: 'fine' | 'coarse', isChunkMissing = false) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const chunks: string[] = []
  context.on('request', (request) => CHUNK.test(request.url()) && chunks.push(request.url()))
  if (isChunkMissing) await context.route(CHUNK, (route) => route.fulfill({ status: 404 }))
  await page.goto(`${server.origin}/${catalog}/`)
  await view(page, 'chairs-0')
  return { page, chunks, close: () => context.close() }
}

async function shelf(page: Page) {
  const { items, backend } = await call(page, 'recommend', { strategy: 'similar', itemId: 'chairs-0', limit: 8 })
  return { backend, items: items.map(({ id, score }) => ({ id, score })) }
}

describe('a pack with residuals, as built', () => {
  test('is ranked by them, from the network and from the disk; a pack without asks for nothing more', async () => {
    const [fine, coarse] = [await visit('fine'), await visit('coarse')]
    const before = await shelf(fine.page)
    const other = await shelf(coarse.page)
    expect(before.backend).toBe('wasm')
    expect(before.items).toHaveLength(8)
    expect(before.items.map(({ score }) => score)).not.toEqual(other.items.map(({ score }) => score))
    for (const [at, { score }] of before.items.entries()) expect(score).toBeCloseTo(other.items[at]!.score, 2)
    expect((await call(fine.page, 'status')).compute.reason).not.toContain('int8')
    expect([fine.chunks.length, coarse.chunks]).toEqual([1, []])

    await expect
      .poll(async () => {
        await fine.page.reload()
        await shelf(fine.page)
        return (await call(fine.page, 'status')).catalog.from
      })
      .toBe('disk')
    expect(await shelf(fine.page)).toEqual(before)
    await Promise.all([fine.close(), coarse.close()])
  })

  test('is ranked by int8 alone where the code does not load, and the status says so', async () => {
    const { page, close } = await visit('fine', true)
    expect((await shelf(page)).items).toHaveLength(8)
    const { backend, reason } = (await call(page, 'status')).compute
    expect(backend).toBe('wasm')
    expect(reason).toMatch(/^int8 alone: .*refined-index/)
    await close()
  })

  test('and its code costs no start a request: the worker still is one file', () => {
    // Code that several lazy chunks share would become a file of its own, which every start waits for, if bundling went wrong.
    expect(readFileSync(join(DIST, 'worker.js'), 'utf8')).not.toMatch(/^import[\s{"'`*]/)
  })
})
