import type {} from '@vitest/browser-playwright' // the types of `cdp()`
import { cdp } from 'vitest/browser'

/** Clears the databases of this origin as the browser's settings do: connections end without warning. */
export async function clearSiteData(): Promise<void> {
  await cdp().send('Storage.clearDataForOrigin', { origin: location.origin, storageTypes: 'indexeddb' })
}

/** Sets how many bytes this origin may store; `undefined`: as many as the browser says. */
export async function setQuota(quotaSize: number | undefined): Promise<void> {
  await cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...(quotaSize === undefined ? {} : { quotaSize }) })
}
