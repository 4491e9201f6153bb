/** Check of a new binding in a process of its own: loads a binding, trains one step with it, and prints the device. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { registerGradients } from '#main/kernels/gradients'
import { repairUtil } from './repair-util.ts'

const [folder = ''] = process.argv.slice(2)

repairUtil()
registerGradients()
await import(pathToFileURL(path.join(folder, 'dist', 'index.js')).href)
if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow.js did not take the binding for a backend.')

const weight = tf.variable(tf.tensor2d([[0.5], [-0.5]]))
const input = tf.tensor2d([
  [1, 2],
  [3, 4],
])
const loss = (): tf.Scalar => tf.sum(tf.square(tf.sub(tf.matMul(input, weight), tf.tensor2d([[1], [2]]))))
const { value: before, grads } = tf.variableGrads(loss)
weight.assign(tf.sub(weight, tf.mul(0.01, Object.values(grads)[0] ?? 0)))
const [first = 0, second = 0] = [...(await before.data()), ...(await loss().data())]
if (!(second < first)) throw new Error(`A training step did not lower the loss: ${first} before, ${second} after.`)

const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean } // the binding's own class
process.stdout.write(`${isUsingGpuDevice ? 'the NVIDIA card' : 'the processor'}\n`)
