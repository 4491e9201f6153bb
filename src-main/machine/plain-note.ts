/** What a person is told where the program's own kernels do not compute: everything takes much longer, and why. */
import type { LadderBackend, LadderReport } from './backend-ladder.ts'

/** How much slower `plain` is: ten times and more, measured by training steps of PMEI on a processor. */
const howMuch = 'many times slower than with the kernels of this program'

/** The note for a run on `plain`; null on every faster backend. `device` is the name of the device that was started. */
export function noteOnPlain({ backend, passedOver }: LadderBackend, device: string): string | null {
  if (backend !== 'plain' && !device.includes('plain kernels')) return null
  return `The run computes with ${device}, ${howMuch}${passedOver}. "espalier doctor --measure" looks again for what works.`
}

/** The remark for the report on the machine; null where a faster backend computes. */
export function remarkOnPlain({ chosen, backends }: Pick<LadderReport, 'chosen' | 'backends'>): string | null {
  const reason = backends.find(({ name }) => name === chosen)?.reason ?? ''
  if (chosen !== 'plain' && !reason.includes('plain kernels')) return null
  return `Runs compute with ${chosen}, ${howMuch}: nothing else works here, for the reasons given.`
}
