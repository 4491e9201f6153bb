import { tmpdir } from 'node:os'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** What tests measure is not for the person's own machine. */
const configs = path.join(tmpdir(), 'espalier-test-config')

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [vue()],
  resolve: {
    alias: [
      // main code runs against a shim of Electron whose windows are Chromium pages: the binary may be missing
      { find: /^electron$/, replacement: new URL('./support/electron-shim.ts', import.meta.url).pathname },
      { find: /^#main\/(.*)$/, replacement: new URL('../src-main/$1.ts', import.meta.url).pathname },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.e2e.ts'],
    env: { XDG_CONFIG_HOME: configs, APPDATA: configs },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    allowOnly: false,
  },
})
