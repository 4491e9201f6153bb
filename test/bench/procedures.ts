/** npm run bench -- procedures: every procedure of the contract on hostile inputs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLocalClient } from '#main/api/router'
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'
import { formatTable } from '#main/text/aligned-table'
import { callFuzzed, fuzzed } from '../support/fuzz-procedures.ts'
import { tinyCorpus } from '../support/tiny-corpus.ts'

/** @throws Error naming the procedure and the input where one failed otherwise than in a sentence, or left damage. */
export async function measureProcedures(inputs: number, tell: (line: string) => void): Promise<string> {
  const home = mkdtempSync(path.join(tmpdir(), 'espalier-procedures-'))
  const [workspace, config] = [path.join(home, 'workspace'), path.join(home, 'config')]
  const services = await openServices({ workspace, config, compute: createProcessHost() })
  try {
    const file = path.join(home, 'train.json')
    writeFileSync(file, tinyCorpus(20, 1))
    const client = createLocalClient(services.handlers)
    await client.corpora.import({ corpus: 'Tiny', split: 'train', files: [{ file: { path: file } }], taskId: 'first' })
    const counts: Record<string, number> = {}
    for (let number = 1; number <= inputs; number++) {
      const { outcome } = await callFuzzed(client, number, home)
      counts[outcome] = (counts[outcome] ?? 0) + 1
      if (number % 500 === 0) tell(`${number} of ${inputs} inputs`)
    }
    const { findings } = await client.workspaces.check({ taskId: 'check' })
    const rows = Object.entries(counts)
    return `${inputs} inputs of ${fuzzed.length} procedures\n${formatTable(['outcome', 'times'], rows)}\n${findings.length} findings of a whole check afterwards\n`
  } finally {
    await services.close()
    rmSync(home, { recursive: true, force: true })
  }
}
