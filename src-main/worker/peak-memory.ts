/** Peak memory of this process. */
import { readFileSync } from 'node:fs'

/**
 * Peak resident memory in MB. Under Linux `maxRSS` starts with the memory of the parent process; the kernel's own line
 * does not.
 */
export function peakMemoryMb(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readStatus())?.[1]
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) / 1024
}

/** Contents of the kernel's status file; empty on other systems. */
function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}
