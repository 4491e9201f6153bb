/** Asks before something goes: in a terminal a question, anywhere else the answer has to be given beforehand. */
import { createInterface } from 'node:readline/promises'
import { AppError } from '#main/core/errors'

/**
 * Shows the facts on stderr and returns only when the person agrees, or has agreed by `isAgreed`.
 * @throws AppError 'cancelled' otherwise: nothing is to happen then.
 */
export async function confirm(facts: readonly string[], question: string, isAgreed: boolean): Promise<void> {
  process.stderr.write(facts.map((fact) => `${fact}\n`).join(''))
  if (isAgreed) return
  if (!process.stdin.isTTY) throw new AppError('cancelled', 'Nothing was changed. Add --yes to do it.')
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    if (/^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim())) return
  } finally {
    reader.close()
  }
  throw new AppError('cancelled', 'Nothing was changed.')
}
