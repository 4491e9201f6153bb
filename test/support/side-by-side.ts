/** Runs programs beside each other, as many at once as there are processors. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'

/** The words after `node`. */
export type Words = readonly string[]

/** Whether all programs ended with 0; one that fails does not stop the others. Each prints when it is through. */
export async function runSideBySide(
  programs: readonly Words[],
  folder: string,
  print: (output: string) => void,
): Promise<boolean> {
  const waiting = [...programs]
  let isWell = true
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { code, output } = await runNode(next, folder)
      print(output)
      isWell &&= code === 0
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return isWell
}

async function runNode(words: Words, cwd: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, output: output + errors }
}
