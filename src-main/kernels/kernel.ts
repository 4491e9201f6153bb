/** Kernel: an operation of the model under one name, with a reference for every backend and faster versions for some. */
import * as tf from '@tensorflow/tfjs-core'

/** Constraint: an object that holds nothing but tensors. */
type Tensors<T> = { readonly [Name in keyof T]: tf.Tensor }

/** The data of tensors by name, as a backend's own kernels see them. */
export type TensorInfos<T> = { readonly [Name in keyof T]: tf.TensorInfo }

/** Data of a kernel's inputs, or of its outputs, for a backend's own version. */
export type InputsOf<K> =
  K extends Kernel<infer Inputs, infer _Outputs, infer _Attributes> ? TensorInfos<Inputs> : never
export type OutputsOf<K> =
  K extends Kernel<infer _Inputs, infer Outputs, infer _Attributes> ? TensorInfos<Outputs> : never

/** Role of an output: later operations compute with a `value`; a `trace` is read by the kernel's own gradient alone. */
type Role = 'value' | 'trace'

/** A kernel. Calling it runs the present backend's version; the caller disposes the outputs. */
export interface Kernel<Inputs, Outputs, Attributes extends object> {
  (inputs: Inputs, attributes: Attributes): Outputs
  /** Name in TensorFlow.js' registry. */
  readonly kernelName: string
  /** Names of the outputs in the order in which TensorFlow.js passes them. */
  readonly outputNames: readonly (keyof Outputs & string)[]
}

/**
 * Gradient of a kernel. It is computed by a kernel of its own, so that it too may be faster on some backend; only what
 * it needs is saved.
 */
interface KernelGradient<Inputs, Values, Saved, SavedName, Attributes> {
  /** Names of the inputs and outputs that the gradient needs. */
  readonly saves: readonly SavedName[]
  /** Gradients of the inputs, given those of the outputs that are values; an input that it leaves out is a constant. */
  of(gradients: Values, saved: Saved, attributes: Attributes): { readonly [Name in keyof Inputs]?: tf.Tensor }
}

interface KernelDefinition<Inputs, Outputs, Attributes extends object, Roles, SavedName extends PropertyKey> {
  readonly name: string
  /** Every output with its role, in the order in which TensorFlow.js passes them. */
  readonly outputs: Roles & Readonly<Record<keyof Outputs, Role>>
  /**
   * The operation, written with ordinary operations. It serves every backend on which nothing faster was registered
   * under the same name, and the faster versions are tested against it. A kernel without a reference can only be run
   * where `hasKernel` says so.
   */
  reference?(inputs: Inputs, attributes: Attributes): Outputs
  readonly gradient?: KernelGradient<
    Inputs,
    { readonly [Name in keyof Outputs as Name extends ValueNames<Roles> ? Name : never]: Outputs[Name] },
    Pick<Inputs & Outputs, SavedName & keyof (Inputs & Outputs)>,
    SavedName,
    Attributes
  >
}

type ValueNames<Roles> = { [Name in keyof Roles]: Roles[Name] extends 'value' ? Name : never }[keyof Roles]

export function defineKernel<
  Inputs extends Tensors<Inputs>,
  Outputs extends Tensors<Outputs>,
  Attributes extends object = object,
  const Roles extends Readonly<Record<keyof Outputs, Role>> = Readonly<Record<keyof Outputs, Role>>,
  const SavedName extends Exclude<keyof Inputs, keyof Outputs> | keyof Outputs = never,
>(definition: KernelDefinition<Inputs, Outputs, Attributes, Roles, SavedName>): Kernel<Inputs, Outputs, Attributes> {
  const { name, outputs, reference, gradient } = definition
  const outputNames = Object.keys(outputs) as (keyof Outputs & string)[] // one for every output
  const isValue = outputNames.map((output) => outputs[output] === 'value')
  if (gradient) registerGradient(name, outputNames, isValue, gradient as unknown as AnyGradient) // of these names
  const run = (inputs: Inputs, attributes: Attributes): Outputs => {
    if (reference && !hasKernel({ kernelName: name }))
      tf.registerKernel({
        kernelName: name,
        backendName: tf.getBackend(),
        kernelFunc: (call) =>
          tf.tidy(() => inOrder(outputNames, reference(call.inputs as Inputs, call.attrs as unknown as Attributes))),
      })
    const result = tf
      .engine()
      .runKernel(name, { ...inputs } as unknown as tf.NamedTensorMap, attributes as unknown as tf.NamedAttrMap)
    const tensors = Array.isArray(result) ? (result as tf.Tensor[]) : [result as tf.Tensor]
    if (gradient) leaveValuesOnTape(tensors, isValue)
    return byName(outputNames, tensors) as Outputs
  }
  return Object.assign(run, { kernelName: name, outputNames })
}

/** Whether the present backend has a version of this kernel. */
export function hasKernel({ kernelName }: { readonly kernelName: string }): boolean {
  return tf.getKernel(kernelName, tf.getBackend()) !== undefined
}

/** Array of named outputs, in the order that TensorFlow.js expects. */
export function inOrder<Outputs, Name extends keyof Outputs>(
  names: readonly Name[],
  outputs: Outputs,
): Outputs[Name][] {
  return names.map((name) => outputs[name])
}

function byName(names: readonly string[], tensors: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  return Object.fromEntries(names.map((name, at) => [name, tensors[at] as tf.Tensor])) // one for every name
}

/**
 * For every output on the tape that has no gradient, TensorFlow.js makes zeros in JavaScript: megabytes at every step,
 * which the garbage collector has to free. Traces are therefore taken off the tape.
 */
function leaveValuesOnTape(outputs: readonly tf.Tensor[], isValue: readonly boolean[]): void {
  const node = tf.engine().isTapeOn() ? tf.engine().state.activeTape.at(-1) : undefined
  if (node && node.outputs[0] === outputs[0]) node.outputs = outputs.filter((_, at) => isValue[at])
}

type Named = Readonly<Record<string, tf.Tensor>>
type AnyGradient = KernelGradient<Named, Named, Named, string, object>

function registerGradient(
  kernelName: string,
  outputNames: readonly string[],
  isValue: readonly boolean[],
  { saves, of }: AnyGradient,
): void {
  const values = outputNames.filter((_, at) => isValue[at])
  const savedInputs = saves.filter((name) => !outputNames.includes(name))
  const savedOutputs = outputNames.filter((name) => saves.includes(name))
  tf.registerGradient({
    kernelName,
    inputsToSave: savedInputs,
    outputsToSave: outputNames.map((name) => saves.includes(name)),
    gradFunc: (gradients, saved, attributes) => {
      const ofValues = byName(values, Array.isArray(gradients) ? gradients : [gradients])
      const kept = byName([...savedInputs, ...savedOutputs], saved)
      // computed at once: TensorFlow.js asks for every input in a scope of its own, and one kernel computes them all
      const result = Object.entries(of(ofValues, kept, attributes))
      return Object.fromEntries(result.map(([input, tensor]) => [input, () => tensor as tf.Tensor]))
    },
  })
}
