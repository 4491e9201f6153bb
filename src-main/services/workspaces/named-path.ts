/** Paths that a person types into the window: absolute ones, or below their home folder. */
import { homedir } from 'node:os'
import path from 'node:path'
import { AppError } from '#main/core/errors'

/** @throws AppError 'invalid-input' on a relative path: nobody would know to what. */
export function namedPath(typed: string): string {
  const named = typed === '~' || /^~[/\\]/.test(typed) ? path.join(homedir(), typed.slice(1)) : typed
  if (path.isAbsolute(named)) return path.normalize(named)
  throw new AppError('invalid-input', `"${typed}" is no whole path. Begin it with ${path.parse(homedir()).root} or ~.`)
}
