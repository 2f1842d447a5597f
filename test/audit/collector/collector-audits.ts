import type { Audit } from '../finding'
import { auditCollectorDisk } from './disk-search'
import { auditForgedReports } from './forged-reports'
import { auditPublication } from './publication'
import { auditQuietBatch } from './quiet-batch'

/** Audits of the collector as it is run. */
export const COLLECTOR_AUDITS = {
  publication: auditPublication,
  forged: auditForgedReports,
  disk: auditCollectorDisk,
  'quiet-batch': auditQuietBatch,
} satisfies Readonly<Record<string, Audit>>
