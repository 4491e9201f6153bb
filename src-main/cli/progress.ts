/** Progress on stderr: a bar in a terminal, a line per tenth of the work anywhere else. */
import type { Task } from '#main/api/events'

export interface Progress {
  show(task: Task): void
  /** A line of its own, above the bar. */
  line(text: string): void
  clear(): void
}

const width = 24

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? createBar(stream) : createLines(stream)
}

/** A task as one line: "import train.json  ████░░░░  42 %  2100 of 5019 documents  12 s left". */
export function describeTask({ title, detail, fraction, secondsLeft }: Task): string {
  const filled = Math.round((fraction ?? 0) * width)
  const bar = fraction === null ? '' : `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent(fraction)}`
  const left = secondsLeft === null ? '' : `${formatSeconds(secondsLeft)} left`
  return [title, bar, detail, left].filter((part) => part !== '').join('  ')
}

export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}

function percent(fraction: number): string {
  return `${String(Math.floor(fraction * 100)).padStart(3)} %`
}

function createBar(stream: NodeJS.WriteStream): Progress {
  const erase = '\r\u001b[2K'
  return {
    show: (task) => stream.write(`${erase}${describeTask(task).slice(0, (stream.columns || 80) - 1)}`),
    line: (text) => stream.write(`${erase}${text}\n`),
    clear: () => stream.write(erase),
  }
}

function createLines(stream: NodeJS.WriteStream): Progress {
  const told = new Map<string, number>()
  return {
    show(task) {
      const tenth = Math.floor((task.fraction ?? 0) * 10)
      if (task.fraction === null || tenth <= (told.get(task.taskId) ?? 0)) return
      if (tenth === 10 && !told.has(task.taskId)) return // it is over before there was anything to tell
      told.set(task.taskId, tenth)
      stream.write(`${task.title}  ${percent(task.fraction)}  ${task.detail}\n`)
    },
    line: (text) => stream.write(`${text}\n`),
    clear: () => undefined,
  }
}
