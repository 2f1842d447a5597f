import { DEVICE_AUDITS } from './device-audits'

// The page that `in-chromium.ts` opens: runs audits by name.
Object.assign(globalThis, {
  auditDevice: (name: keyof typeof DEVICE_AUDITS, thoroughness: 'short' | 'full') => DEVICE_AUDITS[name](thoroughness),
})
