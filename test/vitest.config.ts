import { tmpdir } from 'node:os'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** What tests measure is not for the person's own machine. */
const configs = path.join(tmpdir(), 'espalier-test-config')

/** Processes start in half the time from what Node made of the sources before: the command line keeps it too. */
const compiled = path.join(tmpdir(), 'node-compile-cache')

const environment = { XDG_CONFIG_HOME: configs, APPDATA: configs, NODE_COMPILE_CACHE: compiled }

/** Specs that run a second time, on WebGPU alone: see `support/tensor-backends.ts`. */
const specsOfCard = ['test/kernels/{adam,every-kernel,pairs,recurrent}.test.ts', 'test/model/golden.test.ts']

/** What only a card can do. An emulated one is two processors' work, as Chromium is: these run one by one, at the end. */
const cards = [
  'test/backends/webgpu.test.ts',
  'test/e2e/page-compute.e2e.test.ts',
  'test/shell-electron/compute-window.test.ts',
]
const windows = ['test/**/*.e2e.test.ts', 'test/shell-*/**/*.test.ts']

/** Whatever trains more than a few steps, starts processes, or tries a thousand cases. */
const long = ['test/{bench,cli,kernels,training,worker}/**/*.test.ts', 'test/model/golden.test.ts']

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
    env: environment,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...long, ...cards, ...windows],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'long', include: long, maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'windows',
          include: windows,
          exclude: cards,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: [...cards, ...specsOfCard],
          env: { ...environment, ESPALIER_TEST_CARD: '1' },
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
