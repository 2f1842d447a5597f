// What a server does that renders a page: imports everything, starts nothing.
import { createSotto, SottoError, VERSION } from 'sotto'
import { defineShelf } from 'sotto/element'

defineShelf(undefined)
console.log(JSON.stringify({ version: VERSION, create: typeof createSotto, error: new SottoError('closed', 'x').code }))
