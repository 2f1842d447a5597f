import { join } from 'node:path'
import { build } from 'vite'

const ROOT = join(import.meta.dirname, '../..')

/**
 * Bundles workers from their sources as the project's own build does (so that its plugins are used), in memory, and not minified: some
 * libraries start threads from the text of their own functions.
 * @param entries path of each worker's source in the project, by name.
 * @returns content by address, for `serve`: `/workers/NAME.js` and what they load.
 */
export async function bundleWorkers(entries: Readonly<Record<string, string>>): Promise<Record<string, string | Uint8Array>> {
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(ROOT, path)]))
  const built = await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    mode: 'bench',
    logLevel: 'error',
    base: './',
    publicDir: false,
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input, output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    },
  })
  if (!('output' in built)) throw new Error('Vite built several outputs or a watcher, expected one output')
  return Object.fromEntries(
    built.output.map((file) => [`/workers/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const),
  )
}
