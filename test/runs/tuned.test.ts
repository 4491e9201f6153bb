/** A run that was tuned, and kept its threshold, is compared with runs that were tuned and changed theirs. */
import { expect, it } from 'vitest'
import { wasTuned } from '#main/runs/run'

const score = { gold: 4, predicted: 4, correct: 2, precision: 0.5, recall: 0.5, f1: 0.5 }

it.each([
  [undefined, false],
  [null, false],
  [{ usual: 0.5, byRelation: {}, before: score, after: score }, true],
])('a run with thresholds %j was tuned: %s', (thresholds, expected) => {
  expect(wasTuned({ thresholds } as Parameters<typeof wasTuned>[0])).toBe(expected)
})
