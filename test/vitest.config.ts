import { tmpdir } from 'node:os'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** What tests measure is not for the person's own machine. */
const configs = path.join(tmpdir(), 'espalier-test-config')

/** Processes start in half the time from what Node made of the sources before: the command line keeps it too. */
const compiled = path.join(tmpdir(), 'node-compile-cache')

/** The program is bundled before the tests (support/fresh-program.ts), and they start its threads and processes as they are installed. */
const bundles = new URL('../out/main', import.meta.url).pathname

const environment = {
  ...{ XDG_CONFIG_HOME: configs, APPDATA: configs, NODE_COMPILE_CACHE: compiled },
  ESPALIER_BUNDLES: bundles,
}

/** Only a graphics card can do it; the tests use an emulated one. */
export const onCard = [
  'test/backends/webgpu.test.ts',
  'test/e2e/page-compute.e2e.test.ts',
  'test/shell-electron/compute-window.test.ts',
]

/** These run twice: on WebGPU alone the second time (support/tensor-backends.ts). */
export const onCardToo = ['test/kernels/{adam,every-kernel,pairs,recurrent}.test.ts', 'test/models/golden.test.ts']

export const windows = [
  'test/**/*.e2e.test.ts',
  'test/shell-electron/desktop.test.ts',
  'test/packaging/*.test.ts',
  'test/shell-server/start.test.ts',
]

/** Whatever trains to the end, starts programs, kills them, measures, or tries thousands of texts. */
export const long = [
  'test/{bench,cli,kernels,onnx,training,worker}/**/*.test.ts',
  'test/jobs/kill.test.ts',
  'test/machine/backend-ladder.test.ts',
  'test/services/{kill,private-workspace}.test.ts',
  'test/services/runs/{bert-fit,bert-runs,changed-data,damaged-files,families,runs,single-task,training,warm-runs}.test.ts',
  'test/services/runs/{calibrations,evaluations,prediction-session,vector-files}.test.ts',
  'test/services/system/system.test.ts',
  'test/services/bin/bin.test.ts',
  'test/services/{annotations/batches,english-tagger,part-of-speech,run-names,extraction/{cancelled-text,extract-job,like-training,rules}}.test.ts',
  'test/services/corpora/{corpora,resumed-import,statistics}.test.ts',
  'test/services/{annotations/annotations,comparisons/comparisons,labels/relabel,predictions/predictions,results/results}.test.ts',
  'test/services/{experiments,models,workspaces}/*.test.ts',
  'test/shell-server/{door,hostile,http,last-resort,other-workspace,page-compute,uploads}.test.ts',
  'test/{api/transports,compute/host,corpora/every-format,corpora/mutated-files,models/bert,text/linear}.test.ts',
  'test/storage/{annotations,bin,corpora,counters,part-of-word,reader,results,split-acts,workspace}.test.ts',
  'test/files/{expand,packed,zip}.test.ts',
  'test/{model-folder,headless}/*.test.ts',
  'test/shell-server/extract-api.test.ts',
]

/**
 * Four files at a time keep two processors busy, since windows and programs wait as often as they work; three left a sixth of
 * them idle, and six took longer. Files share what a process has loaded: loading it anew for each took longer than most tests.
 */
const together = { isolate: false, maxWorkers: 4, sequence: { groupOrder: 0 } }
const globalSetup = ['test/support/fresh-window.ts']

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
    globalSetup: ['test/support/fresh-kernels.ts', 'test/support/fresh-program.ts'],
    setupFiles: ['test/support/property-runs.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } }, // a busy machine is slow, not wrong
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...long, ...windows, ...onCard],
          ...together,
        },
      },
      { extends: true, test: { name: 'long', include: long, ...together } },
      { extends: true, test: { name: 'e2e', include: windows, exclude: onCard, globalSetup, ...together } },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: [...onCard, ...onCardToo],
          env: { ...environment, ESPALIER_TEST_CARD: '1' },
          globalSetup,
          ...together,
          isolate: true, // a process keeps the driver that it found first
        },
      },
    ],
  },
})
