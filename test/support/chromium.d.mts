import type { LaunchOptions } from 'playwright'

export function findChromium(): string | undefined
export const CHROMIUM_ARGS: string[]
export function launchOptions(): LaunchOptions
