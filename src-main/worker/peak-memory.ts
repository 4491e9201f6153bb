/** The most memory that this process has had at once. */
import { readFileSync } from 'node:fs'

/** In MB. Under Linux `maxRSS` begins with what the program had that started the process; the kernel's own line does not. */
export function peakMemoryMb(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readStatus())?.[1]
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) / 1024
}

/** Empty elsewhere. */
function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}
