/** Router: the one place where a call meets its handler. Inputs are checked by the contract, failures become data. */
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient, implement, ORPCError, type Router } from '@orpc/server'
import { toAppError, type ErrorData } from './client-errors.ts'
import { contract } from './contract.ts'
import { AppError } from '#main/core/errors'
import type { Contract, Handlers } from './handlers.ts'

export type Client = ContractRouterClient<Contract>
type AppRouter = Router<Contract, Record<never, never>>

type Handler = (input: unknown, signal?: AbortSignal) => Promise<unknown>

/** Builds the router. `log` receives failures that no service foresaw. */
export function createRouter(handlers: Handlers, log: (message: string) => void = () => undefined): AppRouter {
  const implementer = implement(contract) as unknown as Record<string, Record<string, Implementable>> // by name below
  const implementNoun = (noun: string, verbs: object): [string, unknown] => {
    const procedures = Object.keys(verbs).map((verb): [string, unknown] => {
      const procedure = implementer[noun]?.[verb]
      const handler = (handlers as unknown as Record<string, Record<string, Handler>>)[noun]?.[verb]
      if (!procedure || !handler) throw new Error(`The contract's ${noun}.${verb} has no handler`)
      const call = async ({
        input,
        signal,
      }: {
        input: unknown
        signal?: AbortSignal | undefined
      }): Promise<unknown> => {
        try {
          return await handler(input, signal)
        } catch (error) {
          throw toCallError(error, `${noun}.${verb}`, log) // also of a handler that fails before it waits for anything
        }
      }
      return [verb, procedure.handler(call)]
    })
    return [noun, Object.fromEntries(procedures)]
  }
  const nouns = Object.entries(contract).map(([noun, verbs]) => implementNoun(noun, verbs))
  return Object.fromEntries(nouns) as AppRouter // every noun and verb of the contract is there
}

interface Implementable {
  handler(call: (options: { input: unknown; signal?: AbortSignal | undefined }) => Promise<unknown>): unknown
}

/** Calls in process, with the same checks as over a wire. */
export function createLocalClient(handlers: Handlers): Client {
  return createRouterClient(createRouter(handlers)) as Client // one procedure per item of the contract
}

function toCallError(error: unknown, procedure: string, log: (message: string) => void): ORPCError<string, ErrorData> {
  if (error instanceof AppError) {
    const { code, message, details } = error
    return new ORPCError('APP', { message, status: 422, data: { code, ...(details === undefined ? {} : { details }) } })
  }
  log(`${procedure} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const { message } = toAppError(error)
  return new ORPCError('APP', { message, status: 500, data: { code: 'internal' } })
}
