/** TensorFlow's own library through tfjs-node (processor) and tfjs-node-gpu (NVIDIA cards), where they were set up. */
import * as tf from '@tensorflow/tfjs-core'
import type { Backend, Probe } from './backend.ts'
import { bindings, bindingToImport, type BindingName } from './binding.ts'
import { repairUtil } from './repair-util.ts'

/** Name that both packages register. A process can load only one of their libraries. */
const registeredAs = 'tensorflow'
let loaded: BindingName | null = null

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
      : `${bindings['tensorflow-gpu'].package} is installed, but finds no NVIDIA card: it needs the card's driver and the CUDA that its library was built for`
  return { isAvailable: false, reason }
})

function createBackend(name: BindingName, tryIt: () => Promise<Probe>): Backend {
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

/** Imports the binding at run time, since most machines do not have it. */
async function load(name: BindingName): Promise<void> {
  repairUtil()
  await import(bindingToImport(name))
  loaded = name
}

function whyNot(name: BindingName, error: unknown): string {
  const { package: published, setup } = bindings[name]
  const cause = error instanceof Error ? error : new Error(String(error))
  const isMissing = 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND' && cause.message.includes(published)
  if (isMissing) return `${published} is not set up: "${setup}" installs and checks it (docs/tensorflow.md)`
  const [firstLine = ''] = cause.message.split('\n')
  return `${published} is installed but does not load (${firstLine}): run "${setup}" again`
}
