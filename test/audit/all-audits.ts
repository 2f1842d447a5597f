import { MECHANISM_AUDITS } from './audits'
import { COLLECTOR_AUDITS } from './collector/collector-audits'
import type { Audit } from './finding'
import { inChromium } from './in-chromium'
import { auditPackMembership } from './pack-membership'
import type { AuditName } from './plain-words'

/** Every audit by the name that `npm run audit:privacy` takes, in the order of its table. */
export const ALL_AUDITS: Readonly<Record<AuditName, Audit>> = {
  ...MECHANISM_AUDITS,
  histories: inChromium('histories'),
  'histories-mutant': inChromium('histories-mutant'),
  budget: inChromium('budget'),
  'budget-mutant': inChromium('budget-mutant'),
  linkability: inChromium('linkability'),
  ...COLLECTOR_AUDITS,
  membership: auditPackMembership,
}
