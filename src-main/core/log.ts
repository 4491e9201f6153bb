/**
 * Log: what the program did and what went wrong, as events with numbers and fixed words. Nothing of a corpus stands in it, no text, name or path:
 * whoever sends it along with a bug report gives nothing away.
 */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** Fields of an entry: numbers, truth values, and words of the program such as names of procedures, kinds and states. */
export type LogFields = Readonly<Record<string, number | boolean | string | readonly string[] | null>>

export interface Log {
  /** @param event fixed words: "call failed". */
  note(level: LogLevel, event: string, fields?: LogFields): void
  /** The latest entries, oldest first, each a line of JSON. */
  tail(lines: number): readonly string[]
  /** Writes what is gathered. */
  close(): void
}

/** Where in the program an error comes from: its class, and the frames of its stack without the message, which may quote a text. */
export function placeOfError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  const shortened = frames
    .slice(0, 12)
    .map((line) => line.trim().replace(/(?:file:\/\/)?\S*[\\/](?=[\w.-]+[\\/][\w.-]+:\d+)/, ''))
  return { error: error.name, frames: shortened }
}
