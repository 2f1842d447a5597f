import type { Audit } from '../finding'
import { auditCollectorDisk } from './disk-search'
import { auditPublication } from './publication'

/** Audits of the collector as it is run. */
export const COLLECTOR_AUDITS = { publication: auditPublication, disk: auditCollectorDisk } satisfies Readonly<Record<string, Audit>>
