/** The last resort of every shell: a failure that nothing caught is told, what is open is closed, and the program ends. */
import { setTimeout as wait } from 'node:timers/promises'

type Close = () => Promise<void>

interface End {
  /** Tells the person; by default on standard error. */
  readonly tell?: (message: string) => void
  readonly exit?: (code: number) => void
}

const closing = new Set<Close>()

/** A run ends its present step first. */
const patienceMs = 10_000

const saved = `What was annotated is saved. Runs that were under way can go on from their last checkpoint: in Train, or with "espalier resume --all".`

/** Has `close` called if the program ends by a failure of its own; answers with the function that takes this back. */
export function closeAtWorst(close: Close): () => void {
  closing.add(close)
  return () => void closing.delete(close)
}

/** For the main file of a shell, once. Also keeps a reader that leaves early, or a terminal that closed, from ending the program. */
export function guardProcess({ tell = toStderr, exit = (code) => process.exit(code) }: End = {}): void {
  guardOutput()
  let isEnding = false
  const end = (error: unknown): void => {
    toStderr(`Espalier ends because of a fault in the program: ${describe(error)}`)
    if (isEnding) return // the first failure is already being answered
    isEnding = true
    void closeAll()
      .then((problem) => tell(problem === null ? saved : `The workspace was not closed in order: ${problem}. ${saved}`))
      .finally(() => exit(1))
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end) // Electron would only warn
}

/** Resolves with what went wrong, or null. */
async function closeAll(): Promise<string | null> {
  const closed = Promise.allSettled([...closing].map((close) => close()))
  const results = await Promise.race([closed, wait(patienceMs, null)])
  if (results === null) return 'closing it took too long'
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [messageOf(result.reason)] : []))
  return failures.length === 0 ? null : failures.join('; ')
}

/** What cannot be told to anybody is no reason to end; a full disk under the result is. */
function guardOutput(): void {
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || code === 'EIO') return
    toStderr(`Standard output cannot be written: ${message}. Free some space, or write elsewhere.`)
    process.exitCode = 1
  })
}

function toStderr(message: string): void {
  process.stderr.write(`${message}\n`)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
