/** Every procedure answers hostile inputs with a sentence, and the workspace is what it was. The bench sends ten thousand. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { createLocalClient } from '#main/api/router'
import { callFuzzed } from '../support/fuzz-procedures.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

it('answers 300 hostile inputs of all procedures by the contract or in a sentence', async () => {
  const home = temporaryFolder()
  const services = await openTestServices(path.join(home, 'workspace'))
  await importTiny(services, { train: 6, dev: 2 })
  const client = createLocalClient(services.handlers)
  const outcomes = new Map<string, number>()
  for (let number = 1; number <= 300; number++) {
    const { outcome } = await callFuzzed(client, number, home)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  expect([...outcomes.keys()].toSorted()).toEqual(['answered', 'refused by the schema', 'refused in a sentence'])
  expect((await client.system.doctor()).workspace.integrity).toBe('ok')
})
