/** Kernel: an operation of the model under one name; a reference for every backend, a faster one where it was written. */
import * as tf from '@tensorflow/tfjs-core'

/**
 * How an operation is differentiated. The gradient is itself a kernel, so that it too may be faster on some backend;
 * whatever it needs, and nothing else, is saved.
 */
export interface KernelGradient<Input extends string> {
  readonly saves: readonly Input[]
  /** Which outputs, in their order, are saved. */
  readonly savesOutputs: readonly boolean[]
  /** Which outputs, in their order, others compute with: only these have gradients. */
  readonly values: readonly boolean[]
  /** Gradients of the inputs, from those of the values, in order; inputs it leaves out are constants. */
  of(
    gradients: readonly tf.Tensor[],
    saved: readonly tf.Tensor[],
    attributes: tf.NamedAttrMap,
  ): Readonly<Partial<Record<Input, tf.Tensor>>>
}

/** Runs the kernel of the present backend; outputs in the order of the kernel's documentation. */
type Kernel<Input extends string, Attributes extends object> = (
  inputs: Readonly<Record<Input, tf.Tensor>>,
  attributes: Attributes,
) => tf.Tensor[]

/**
 * `reference` is written with ordinary operations. It serves every backend for which nothing faster was registered under
 * the same name with `tf.registerKernel`, and it is what the faster ones are tested against.
 */
export function defineKernel<Input extends string, Attributes extends object = object>(
  name: string,
  reference: Kernel<Input, Attributes>,
  gradient?: KernelGradient<Input>,
): Kernel<Input, Attributes> {
  if (gradient) registerGradient(name, gradient)
  return (inputs, attributes) => {
    const backendName = tf.getBackend()
    if (!hasKernel(name))
      tf.registerKernel({
        kernelName: name,
        backendName,
        kernelFunc: (call) => tf.tidy(() => reference(call.inputs as typeof inputs, call.attrs as Attributes)),
      })
    const result = tf.engine().runKernel(name, { ...inputs }, attributes as unknown as tf.NamedAttrMap)
    const outputs = Array.isArray(result) ? (result as tf.Tensor[]) : [result as tf.Tensor]
    if (gradient) leaveValuesOnTape(outputs, gradient.values)
    return outputs
  }
}

/**
 * On the way back TensorFlow.js makes zeros, in JavaScript, for every output that has no gradient: megabytes at every
 * step, and the garbage collector with them. What only the gradient reads is therefore no output on the tape.
 */
function leaveValuesOnTape(outputs: readonly tf.Tensor[], values: readonly boolean[]): void {
  const node = tf.engine().isTapeOn() ? tf.engine().state.activeTape.at(-1) : undefined
  if (node && node.outputs[0] === outputs[0]) node.outputs = outputs.filter((_, at) => values[at])
}

/** Does the present backend have a kernel of this name? */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined
}

function registerGradient<Input extends string>(
  name: string,
  { saves, savesOutputs, of }: KernelGradient<Input>,
): void {
  tf.registerGradient({
    kernelName: name,
    inputsToSave: [...saves],
    outputsToSave: [...savesOutputs],
    gradFunc: (gradients, saved, attributes) => {
      // at once: TensorFlow.js asks for every input in a scope of its own, and one kernel computes them all
      const result = of(Array.isArray(gradients) ? gradients : [gradients], saved, attributes)
      return Object.fromEntries(Object.entries(result).map(([input, tensor]) => [input, () => tensor as tf.Tensor]))
    },
  })
}
