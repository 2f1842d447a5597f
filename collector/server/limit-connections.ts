import type { Server } from 'node:http'

/**
 * Refuses further connections from an address that has many open. What one connection may hold up is bounded by deadlines; this bounds how many of the places
 * one address may take.
 * @param keyOf names an address, see `addressKey`; asked once a connection. @param most open at once.
 */
export function limitConnections(server: Server, keyOf: (address: string) => string, most: number): void {
  const open = new Map<string, number>()
  // The server has it already, but has read nothing of it yet.
  server.on('connection', (socket) => {
    const key = keyOf(socket.remoteAddress ?? '')
    const count = open.get(key) ?? 0
    if (count >= most) {
      socket.destroy()
      return
    }
    open.set(key, count + 1)
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1
      if (left > 0) open.set(key, left)
      else open.delete(key)
    })
  })
}
