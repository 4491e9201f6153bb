/**
 * Gradients of the plain operations that the model is written with. The core package for Node has no gradients, and
 * the packages that have them bring layers, converters and WebGL as well.
 */
import * as tf from '@tensorflow/tfjs-core'

/** Gradient by input, from the gradient of the output; `saved` are the inputs or outputs that the entry asks for. */
type Rule = (gradient: tf.Tensor, saved: tf.Tensor[], attributes: tf.NamedAttrMap) => Record<string, () => tf.Tensor>

interface Entry {
  readonly saves?: readonly string[]
  readonly savesOutput?: boolean
  readonly rule: Rule
}

const unary = (saves: 'input' | 'output', slope: (gradient: tf.Tensor, saved: tf.Tensor) => tf.Tensor): Entry => ({
  ...(saves === 'input' ? { saves: ['x'] } : { savesOutput: true }),
  rule: (gradient, [saved]) => ({ x: () => slope(gradient, saved as tf.Tensor) }), // one tensor was saved
})

const binary = (
  a: (gradient: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  b: (gradient: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): Entry => ({
  saves: ['a', 'b'],
  rule: (gradient, saved) => {
    const [left, right] = saved as [tf.Tensor, tf.Tensor] // both inputs were saved
    return {
      a: () => sumTo(a(gradient, left, right), left.shape),
      b: () => sumTo(b(gradient, left, right), right.shape),
    }
  },
})

/** Undoes broadcasting: sums the gradient over the axes that were repeated. */
function sumTo(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape)
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, shape)
}

const entries: Readonly<Record<string, Entry>> = {
  Add: binary(
    (gradient) => gradient,
    (gradient) => gradient,
  ),
  Sub: binary(
    (gradient) => gradient,
    (gradient) => tf.neg(gradient),
  ),
  Multiply: binary(
    (gradient, _, b) => tf.mul(gradient, b),
    (gradient, a) => tf.mul(gradient, a),
  ),
  RealDiv: binary(
    (gradient, _, b) => tf.div(gradient, b),
    (gradient, a, b) => tf.neg(tf.div(tf.mul(gradient, a), tf.square(b))),
  ),
  SquaredDifference: binary(
    (gradient, a, b) => tf.mul(gradient, tf.mul(2, tf.sub(a, b))),
    (gradient, a, b) => tf.mul(gradient, tf.mul(2, tf.sub(b, a))),
  ),
  Neg: { rule: (gradient) => ({ x: () => tf.neg(gradient) }) },
  Identity: { rule: (gradient) => ({ x: () => tf.clone(gradient) }) },
  Square: unary('input', (gradient, x) => tf.mul(gradient, tf.mul(2, x))),
  Sqrt: unary('output', (gradient, y) => tf.div(gradient, tf.mul(2, y))),
  Log: unary('input', (gradient, x) => tf.div(gradient, x)),
  Reciprocal: unary('output', (gradient, y) => tf.neg(tf.mul(gradient, tf.square(y)))),
  Sigmoid: unary('output', (gradient, y) => tf.mul(gradient, tf.mul(y, tf.sub(1, y)))),
  Tanh: unary('output', (gradient, y) => tf.mul(gradient, tf.sub(1, tf.square(y)))),
  Reshape: unary('input', (gradient, x) => tf.reshape(gradient, x.shape)),
  ExpandDims: { saves: ['input'], rule: (gradient, [x]) => ({ input: () => tf.reshape(gradient, x?.shape ?? []) }) },
  Sum: {
    saves: ['x'],
    rule: (gradient, [x], { axis }) => ({
      x: () => {
        const { shape } = x as tf.Tensor // saved above
        const axes = tf.util.parseAxisParam(axis as number[], shape) // the attribute as Sum has it
        const kept = shape.map((size, at) => (axes.includes(at) ? 1 : size))
        return tf.mul(tf.reshape(gradient, kept), tf.fill(shape, 1)) // tf.ones would upload a tensor
      },
    }),
  },
  Softmax: {
    savesOutput: true,
    rule: (gradient, [y]) => ({
      logits: () => {
        const weighted = tf.mul(gradient, y as tf.Tensor) // saved above
        return tf.sub(weighted, tf.mul(tf.sum(weighted, -1, true), y as tf.Tensor))
      },
    }),
  },
  LogSoftmax: {
    savesOutput: true,
    rule: (gradient, [y]) => ({
      logits: () => tf.sub(gradient, tf.mul(tf.sum(gradient, -1, true), tf.exp(y as tf.Tensor))), // saved above
    }),
  },
  BatchMatMul: {
    saves: ['a', 'b'],
    rule: (gradient, saved, { transposeA, transposeB }) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor] // both inputs were saved
      const [flipsA, flipsB] = [transposeA === true, transposeB === true]
      return {
        a: () => (flipsA ? tf.matMul(b, gradient, flipsB, true) : tf.matMul(gradient, b, false, !flipsB)),
        b: () => (flipsB ? tf.matMul(gradient, a, true, flipsA) : tf.matMul(a, gradient, !flipsA, false)),
      }
    },
  },
  Transpose: {
    rule: (gradient, _, { perm }) => ({
      x: () => tf.transpose(gradient, tf.backend_util.getUndoAxesPermutation(perm as number[])), // Transpose has it so
    }),
  },
}

/** Gradient of concatenation, whose inputs are named by number. */
const concat: tf.GradConfig = {
  kernelName: 'Concat',
  saveAllInputs: true,
  gradFunc: (gradient, inputs, attributes) => {
    const [first] = inputs
    const axis = tf.util.parseAxisParam(attributes['axis'] as number, first?.shape ?? [])[0] ?? 0 // Concat has it so
    const parts = tf.split(
      gradient as tf.Tensor, // it has one output
      inputs.map(({ shape }) => shape[axis] ?? 0),
      axis,
    )
    return Object.fromEntries(parts.map((part, at) => [at, () => part]))
  },
}

/** Registers every gradient that is not registered yet. */
export function registerGradients(): void {
  for (const [kernelName, { saves, savesOutput, rule }] of Object.entries(entries))
    if (!tf.getGradient(kernelName))
      tf.registerGradient({
        kernelName,
        ...(saves ? { inputsToSave: [...saves] } : {}),
        ...(savesOutput ? { outputsToSave: [true] } : {}),
        gradFunc: (gradient, saved, attributes) => rule(gradient as tf.Tensor, saved, attributes), // one output
      })
  if (!tf.getGradient('Concat')) tf.registerGradient(concat)
}
