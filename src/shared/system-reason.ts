/** What the codes of Node and of the system mean to whoever runs a command. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'there is a file of that name',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no host of that name is known',
  EAI_AGAIN: 'no host of that name can be looked up just now',
  ECONNREFUSED: 'nobody answers there',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'nobody answered in time',
}

/** Why a file, a folder, a port or a server could not be had: in words, and with the code that can be looked up. @param thrown anything. */
export function systemReason(thrown: unknown): string {
  const { code, message } = Object(thrown) as { code?: unknown; message?: unknown } // whatever it is, these may be asked for
  if (typeof code !== 'string') return String(message ?? thrown)
  // Several addresses that all failed have no message of their own.
  return `${REASONS[code] ?? String(message || 'it failed')} (${code})`
}
