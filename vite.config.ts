import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { launchOptions } from './test/support/chromium.mjs'

export default defineConfig({
  base: './',
  worker: { format: 'es' },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      {
        extends: true,
        // Everything a browser test may import: found late, it would make Vite reload the page in mid-test.
        optimizeDeps: {
          include: ['comlink', 'idb', 'fast-check', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu'],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      // The built bundles and the demo, driven from outside by Playwright.
      { extends: true, test: { name: 'built', include: ['test/built/**/*.test.ts'], environment: 'node', testTimeout: 60_000 } },
    ],
  },
})
