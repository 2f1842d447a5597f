import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readThumbnails } from '../../../pack/read-thumbnails'

it('reads pictures by item id, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thumbnails-'))
  await writeFile(join(folder, 'lamp-1.webp'), 'w')
  await writeFile(join(folder, 'a%2Fb.webp'), 'x')
  await writeFile(join(folder, 'drawing.svg'), 'y')
  await writeFile(join(folder, 'notes.txt'), 'z')
  const read = await readThumbnails(folder)
  expect([...read].map(([id, { type, bytes }]) => [id, type, new TextDecoder().decode(bytes)]).sort()).toEqual([
    ['a/b', 'image/webp', 'x'],
    ['lamp-1', 'image/webp', 'w'],
  ])
  await rm(folder, { recursive: true })
})

it('refuses pictures of several types, and a folder that is not there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thumbnails-'))
  await writeFile(join(folder, 'a.webp'), 'w')
  await writeFile(join(folder, 'b.png'), 'p')
  await expect(readThumbnails(folder)).rejects.toThrow(/pictures of several types \(image\/webp, image\/png\)/)
  await rm(folder, { recursive: true })
  await expect(readThumbnails(folder)).rejects.toThrow(/cannot be read: it is not there \(ENOENT\); expected a folder of pictures/)
})
