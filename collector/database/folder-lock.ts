import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SottoError } from '../../src/shared/errors'

/** Of a socket's path, with the zero at its end (Linux, unix(7); 104 on macOS). */
const LONGEST_PATH = 103

/**
 * Keeps a second collector out of a folder: two would ruin each other's database. Held by a socket and not by a file, since whoever is killed leaves a file
 * behind, and the number of a process says nothing in containers.
 *
 * @returns lets go. @throws SottoError `storage-blocked` where somebody holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = addressOf(folder)
  const server = (await listen(address)) ?? (await listenInstead(address, folder))
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}

function addressOf(folder: string): string {
  const real = realpathSync(folder)
  const short = createHash('sha256').update(real).digest('hex').slice(0, 32)
  if (process.platform === 'win32') return `\\\\.\\pipe\\sotto-${short}`
  const inside = join(real, 'in-use.socket')
  return Buffer.byteLength(inside) <= LONGEST_PATH ? inside : join(tmpdir(), `sotto-${short}.socket`)
}

/** @returns nothing where the address is taken, by the living or by the dead. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(address, () => resolve(server))
  })
}

async function listenInstead(address: string, folder: string): Promise<Server> {
  if (!(await isAlive(address))) {
    rmSync(address, { force: true })
    const server = await listen(address)
    if (server) return server
  }
  throw new SottoError('storage-blocked', `another collector uses the folder ${folder}; stop it, or use a PostgreSQL server for several`)
}

function isAlive(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
    socket.once('connect', () => socket.destroy())
  })
}
