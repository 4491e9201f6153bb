/** Programs in WGSL on the tensors of TensorFlow.js' WebGPU backend, and kernels made of them. */
import * as tf from '@tensorflow/tfjs-core'
import { inOrder, type Kernel } from '../kernel.ts'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/** One dispatch. In its code an input is an array of its name, its shape `uniforms.<name>Shape`, the output `result`. */
interface Program {
  /** Name of the program. Programs of one name have the same code. */
  readonly name: string
  readonly inputs: Readonly<Record<string, tf.Tensor>>
  /** Whole numbers, read as `uniforms.<name>`. */
  readonly numbers?: Readonly<Record<string, number>>
  /** Floats of the output. */
  readonly size: number
  /** Threads of a group (in the code `threads` is their number), and groups in x, y and z: in x any number, where y and z are 1 and the code goes by `index`. */
  readonly threads: readonly [x: number, y: number]
  readonly groups: readonly [x: number, y?: number, z?: number]
  /** Functions, `var<workgroup>` and so on, which `body` may use. */
  readonly declarations?: string
  /** What a thread does; `index` counts threads through all groups. */
  readonly body: string
}

/** Runs a program and returns its output [size]. */
export function runProgram(program: Program): tf.Tensor1D {
  const { name, inputs, size, threads, groups, declarations = '', body } = program
  const numbers = Object.entries(program.numbers ?? {})
  const backend = tf.backend() as WebGPUBackend // these kernels are registered for this backend only
  const output = backend.runWebGPUProgram(
    {
      shaderKey: `espalier ${name}`,
      variableNames: Object.keys(inputs),
      uniforms: numbers.map(([key]) => `${key} : i32, `).join(''),
      outputShape: [size],
      dispatchLayout: { x: [0] },
      dispatch: [groups[0], groups[1] ?? 1, groups[2] ?? 1],
      workgroupSize: [threads[0], threads[1], 1],
      getUserCode: () =>
        `const threads = ${threads[0] * threads[1]};\n${declarations}\nfn main(index : i32) {\n${body}\n}`,
    },
    Object.values(inputs),
    'float32',
    numbers.map(([, number]) => ({ type: 'int32', data: [number] })),
  )
  return tf.engine().makeTensorFromTensorInfo(output) as tf.Tensor1D
}

/** Runs a program with one thread per number of the output, or per `count` of them. */
export function runPerNumber(program: Omit<Program, 'threads' | 'groups'> & { readonly count?: number }): tf.Tensor1D {
  const count = program.count ?? program.size
  return runProgram({
    ...program,
    threads: [64, 1],
    groups: [Math.ceil(count / 64)],
    numbers: { ...program.numbers, count },
    body: `if (index >= uniforms.count) { return; }\n${program.body}`,
  })
}

/** Registers a kernel on the WebGPU backend; it takes the place of its reference. */
export function registerWebgpuKernel<Inputs, Outputs, Attributes extends object>(
  { kernelName, outputNames }: Kernel<Inputs, Outputs, Attributes>,
  run: (inputs: Inputs, attributes: Attributes) => Outputs,
): void {
  if (tf.getKernel(kernelName, 'webgpu')) tf.unregisterKernel(kernelName, 'webgpu')
  tf.registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const outputs = run(inputs as unknown as Inputs, attrs as unknown as Attributes) // what it is called with
        return inOrder(outputNames, outputs) as unknown as tf.Tensor[] // a kernel's outputs are tensors
      }),
  })
}

/** A flat tensor as consecutive matrices of `rows` rows, by name, each with its width; nothing may be left over. */
export function splitRows<Name extends string>(
  flat: tf.Tensor1D,
  rows: number,
  widths: Readonly<Record<Name, number>>,
): Record<Name, tf.Tensor2D> {
  let from = 0
  const parts = Object.entries<number>(widths).map(([name, width]) => {
    const size = rows * width
    from += size
    return [name, tf.reshape(tf.slice1d(flat, from - size, size), [rows, width])]
  })
  return Object.fromEntries(parts) as Record<Name, tf.Tensor2D> // the same names
}
