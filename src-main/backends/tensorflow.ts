/** TensorFlow's own library through the optional packages tfjs-node (processor) and tfjs-node-gpu (NVIDIA cards). */
import * as tf from '@tensorflow/tfjs-core'
import type { Backend, Probe } from './backend.ts'
import { repairUtil } from './repair-util.ts'

const packages = {
  tensorflow: '@tensorflow/tfjs-node',
  'tensorflow-gpu': '@tensorflow/tfjs-node-gpu',
} as const
type Name = keyof typeof packages

/** Name that both packages register. A process can load only one of their libraries. */
const registeredAs = 'tensorflow'
let loaded: Name | null = null

/** Members of the packages' backend that say what it computes with. */
interface NodeBackend {
  readonly isUsingGpuDevice?: boolean
}

/** Backend for the processor. The library of the GPU package can also compute there, where it was loaded first. */
export const tensorflow = createBackend('tensorflow', async () => {
  if (loaded === null) await load('tensorflow')
  return { isAvailable: true, reason: 'TensorFlow on the processor' }
})

export const tensorflowGpu = createBackend('tensorflow-gpu', async () => {
  if (loaded === null) await load('tensorflow-gpu')
  const { isUsingGpuDevice } = tf.findBackend(registeredAs) as NodeBackend // the packages' own class
  if (isUsingGpuDevice) return { isAvailable: true, reason: 'TensorFlow on the NVIDIA card' }
  const reason =
    loaded === 'tensorflow'
      ? 'TensorFlow for the processor is already loaded, and there is room for one of the two: restart Espalier'
      : `${packages['tensorflow-gpu']} is installed, but finds no NVIDIA card: it needs the card's driver and the CUDA it was built for (11.2, or that of npm run setup:native)`
  return { isAvailable: false, reason }
})

function createBackend(name: Name, tryIt: () => Promise<Probe>): Backend {
  // asked once: later the other package may be loaded, which would hide the reason
  let result: Promise<Probe> | null = null
  const probe = (): Promise<Probe> =>
    (result ??= tryIt().catch((error: unknown) => ({ isAvailable: false, reason: whyNot(name, error) })))
  return {
    name,
    probe,
    async start() {
      if (!(await tf.setBackend(registeredAs))) throw new Error('TensorFlow did not start: choose another backend')
      const { reason } = await probe()
      return `${reason}, as many threads as it takes`
    },
  }
}

/** Imports the package at run time, since it is optional and most machines do not have it. */
async function load(name: Name): Promise<void> {
  repairUtil()
  await import(packages[name] as string)
  loaded = name
}

function whyNot(name: Name, error: unknown): string {
  const cause = error instanceof Error ? error : new Error(String(error))
  const isMissing = 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND' && cause.message.includes(packages[name])
  if (isMissing)
    return `the optional package ${packages[name]} is not installed: npm install ${packages[name]}@4.22.0, or npm run setup:native for a newer TensorFlow`
  const [firstLine = ''] = cause.message.split('\n')
  return `the optional package ${packages[name]} is installed but does not load: ${firstLine}`
}
