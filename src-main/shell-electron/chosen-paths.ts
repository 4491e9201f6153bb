/** Paths that the page may name: a person chose them in a dialog of the system, or dropped them, or allows them when asked. */
import { homedir } from 'node:os'
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'

export interface ChosenPaths {
  /** Lets the page name this path and what lies below it. */
  add(chosen: string): void
  has(named: string): boolean
}

export function createChosenPaths(): ChosenPaths {
  const chosen = new Set<string>()
  return {
    add: (named) => void chosen.add(path.resolve(named)),
    has(named) {
      for (let folder = named; ; folder = path.dirname(folder)) {
        if (chosen.has(folder)) return true
        if (folder === path.dirname(folder)) return false
      }
    },
  }
}

/** Fields of inputs that name a place on the disk. `test/shell-electron/chosen-paths.test.ts` looks for others in the contract. */
export const pathFields: readonly string[] = ['path', 'folder', 'place', 'vectors']
/** Fields that do so in calls on workspaces alone. */
export const workspaceFields: readonly string[] = ['from', 'into']

/** The absolute paths that an input names, wherever in it they stand. */
export function pathsIn(input: unknown, fields: readonly string[]): readonly string[] {
  if (Array.isArray(input)) return input.flatMap((item) => pathsIn(item, fields))
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([field, value]) => {
    if (typeof value !== 'string') return pathsIn(value, fields)
    return fields.includes(field) && isPath(field, value) ? [absolute(value.trim())] : []
  })
}

/** Word vectors may also be named by a word. */
const isPath = (field: string, value: string): boolean => field !== 'vectors' || /[/\\~]/.test(value)

const absolute = (named: string): string =>
  path.resolve(/^~(?=$|[/\\])/.test(named) ? path.join(homedir(), named.slice(1)) : named)

type Handler = (input: unknown, signal?: AbortSignal) => Promise<unknown>

/**
 * The same handlers, but for the page: paths that nobody chose are refused.
 * New places that the program itself offers for a backup may be named, since they are nobody's yet.
 * @param ask asks the person; once allowed, a path stays so.
 */
export function forChosenPaths(
  handlers: Handlers,
  chosen: ChosenPaths,
  ask: (path: string) => Promise<boolean>,
): Handlers {
  const guard =
    (verb: string, handler: Handler, fields: readonly string[]): Handler =>
    async (input, signal) => {
      for (const named of pathsIn(input, fields)) {
        if (chosen.has(named)) continue
        if (!(await ask(named))) throw new AppError('cancelled', `${named} was not allowed. Choose the place again.`)
        chosen.add(named)
      }
      const answer = await handler(input, signal)
      if (verb === 'places') for (const offered of Object.values(answer as object)) chosen.add(String(offered))
      return answer
    }
  const nouns = Object.entries(handlers as unknown as Record<string, Record<string, Handler>>).map(([noun, verbs]) => {
    const fields = noun === 'workspaces' ? [...pathFields, ...workspaceFields] : pathFields
    return [
      noun,
      Object.fromEntries(Object.entries(verbs).map(([verb, handler]) => [verb, guard(verb, handler, fields)])),
    ]
  })
  return Object.fromEntries(nouns) as Handlers // every noun and verb is there
}
