import type { Audit } from '../finding'
import { auditBudget, auditRefundingPipeline } from './budget'
import { auditLinkability } from './linkability'
import { auditNeighbouringHistories, auditTalkativePipeline } from './neighbouring-histories'

/** Audits of the pipeline that ships, in a browser: they need its IndexedDB and its Web Locks. */
export const DEVICE_AUDITS = {
  histories: auditNeighbouringHistories,
  'histories-mutant': auditTalkativePipeline,
  budget: auditBudget,
  'budget-mutant': auditRefundingPipeline,
  linkability: auditLinkability,
} satisfies Readonly<Record<string, Audit>>

export type DeviceAudit = keyof typeof DEVICE_AUDITS
