import { UsageError } from './usage-error'

/**
 * Reads the address of a PostgreSQL server as `pg` does, which lets one with a user have no host: `postgres://user@/name?host=/var/run/postgresql`.
 * @throws UsageError where it is none, and where what stands before an `@` would be shown as the server's name. It does not show the address.
 */
export function serverAddress(text: string): URL {
  const whole = URL.canParse(text) ? text : text.replace('@/', '@localhost/')
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(whole)) {
    const address = new URL(whole)
    // A slash in a password ends the host: the rest of the password would be a part of the database's name.
    if (!address.pathname.includes('@')) return address
  }
  const expected = 'an address like postgres://user:password@host/name, with %2F for a slash in the password and %40 for an @ in the name'
  throw new UsageError(`--database (or SOTTO_DATABASE) must be ${expected}`)
}

/** Where a server is, and its database, without user and password. @throws UsageError as `serverAddress`. */
export function serverName(text: string): string {
  const { host, pathname, searchParams } = serverAddress(text)
  // The host in the query goes first, for `pg` too.
  const place = searchParams.get('host') || host || 'this machine'
  return `${place}${pathname.length > 1 ? `, database ${pathname.slice(1)}` : ''}`
}
