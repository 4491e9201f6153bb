/** Handlers: one function per procedure of the contract. Services provide them, the router serves them. */
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { contract } from './contract.ts'

export type Contract = typeof contract
/** The input that a handler receives: parsed, with defaults filled in. */
type Received = InferContractRouterOutputsOfInputs<Contract>
type Returned = InferContractRouterOutputs<Contract>

export type Handlers = {
  readonly [Noun in keyof Contract]: {
    readonly [Verb in keyof Contract[Noun]]: (
      input: Verb extends keyof Received[Noun] ? Received[Noun][Verb] : never,
      signal?: AbortSignal,
    ) => Promise<Verb extends keyof Returned[Noun] ? Returned[Noun][Verb] : never>
  }
}

/** The input that a caller may send: fields with a default may be left out. */
export type CallInputs = InferContractRouterInputs<Contract>

type InferContractRouterOutputsOfInputs<Router> = {
  [Noun in keyof Router]: {
    [Verb in keyof Router[Noun]]: Router[Noun][Verb] extends { '~orpc': { inputSchema?: infer Schema } }
      ? NonNullable<Schema> extends { '~standard': { types?: infer Types } }
        ? NonNullable<Types> extends { output: infer Output }
          ? unknown extends Output
            ? void // a procedure without input
            : Output
          : void
        : void
      : never
  }
}
