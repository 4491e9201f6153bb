/** KindCount: how many problems of each kind a file has. */
import type { Problem, ProblemCount } from '#main/core/problem'

export interface KindCount {
  add(severity: Problem['severity'], kind: string, count?: number): void
  counts(): ProblemCount[]
}

/** Number of kinds of one file that are told apart: messages that quote long texts could otherwise be as many as records. */
const mostKinds = 200

const further = 'of further kinds'

export function createKindCount(file: string): KindCount {
  const counts = new Map<string, { readonly severity: Problem['severity']; readonly kind: string; count: number }>()
  return {
    add(severity, kind, count = 1) {
      const isKnown = counts.has(`${severity} ${kind}`)
      const told = isKnown || counts.size < mostKinds ? kind : further
      const known = counts.get(`${severity} ${told}`) ?? { severity, kind: told, count: 0 }
      known.count += count
      counts.set(`${severity} ${told}`, known)
    },
    counts: () => Array.from(counts.values(), ({ severity, kind, count }) => ({ file, severity, kind, count })),
  }
}
