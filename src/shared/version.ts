/** The released version; a test compares it with `package.json`. */
export const VERSION = '0.1.0'

/** Version of the messages between page and worker. A page of version N accepts workers of N and N + 1. */
export const PROTOCOL = 1
