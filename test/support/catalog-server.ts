import type { Pack } from '../../pack/build-pack'
import type { Fetch } from '../../worker/text/fetching'

/** A server in memory: what lies at an address can be changed, every request is on record. */
export function catalogServer(files: Record<string, Uint8Array<ArrayBuffer> | string | number>) {
  const requests: { url: string; init: RequestInit | undefined }[] = []
  const fetch: Fetch = async (address, init) => {
    const url = String(address)
    requests.push({ url, init })
    const file = files[url]
    if (file === undefined) return new Response(null, { status: 404 })
    if (file === 0) throw new TypeError('Failed to fetch')
    return typeof file === 'number' ? new Response(null, { status: file }) : new Response(file)
  }
  return { files, requests, fetch, urls: () => requests.map(({ url }) => url) }
}

/** The files of a pack as they lie in a folder. */
export function packFiles(folder: string, { core, parts }: Pick<Pack, 'core' | 'parts'>): Record<string, Uint8Array<ArrayBuffer>> {
  return { [`${folder}catalog.pack`]: core, ...Object.fromEntries(parts.map(({ name, bytes }) => [folder + name, bytes])) }
}
