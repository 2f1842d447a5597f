import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Looks for bytes in every file of a folder, whatever its format: as they are, as hex and as base64.
 * @param needles by a name each. @returns what was found: the name, how it was written, and the file.
 */
export function searchFolder(folder: string, needles: Readonly<Record<string, Uint8Array>>): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const wanted = Object.entries(needles).flatMap(([name, bytes]) =>
    Object.entries(writingsOf(bytes)).map(([how, writing]) => ({ name: `${name}, ${how}`, writing })),
  )
  return files.flatMap((file) => {
    const path = join(file.parentPath, file.name)
    const content = readFileSync(path)
    return wanted.filter(({ writing }) => content.includes(writing)).map(({ name }) => `${name}: ${path.slice(folder.length + 1)}`)
  })
}

function writingsOf(bytes: Uint8Array): Readonly<Record<string, Buffer>> {
  const raw = Buffer.from(bytes)
  const hex = raw.toString('hex')
  return {
    'as it is': raw,
    'in hex': Buffer.from(hex),
    'in capital hex': Buffer.from(hex.toUpperCase()),
    'in base64': Buffer.from(raw.toString('base64').replace(/=+$/, '')),
  }
}
