import { auditAccuracy } from './accuracy'
import { auditDistinguishing, auditDoubledMechanism } from './distinguishing'
import { auditEstimator } from './estimator'
import { auditExactEpsilon } from './exact-epsilon'
import type { Audit } from './finding'
import { auditMeanEstimator } from './mean-estimator'
import { auditPoisoning } from './poisoning'
import { auditSamplers } from './samplers'

/** Audits of the mechanism, in this process, by the names that `npm run audit:privacy` takes. */
export const MECHANISM_AUDITS = {
  epsilon: auditExactEpsilon,
  distinguishing: auditDistinguishing,
  mutant: auditDoubledMechanism,
  samplers: auditSamplers,
  estimator: auditEstimator,
  mean: auditMeanEstimator,
  accuracy: auditAccuracy,
  poisoning: auditPoisoning,
} satisfies Readonly<Record<string, Audit>>
