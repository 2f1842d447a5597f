import { existsSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const SECONDS = 300

/** Serves the built dashboard under `/`. @param folder where it is left out of an installation, there is no page there, and the rest works. */
export async function dashboardFiles(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await app.register(files, { root: folder, cacheControl: true, maxAge: SECONDS * 1000, dotfiles: 'deny', serveDotFiles: false })
}
