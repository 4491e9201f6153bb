/** Files that the window sent are imported like files at a path, and go when they are imported. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Services } from '#main/services/services'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { tripleFile } from '../../support/temporary-workspace.ts'
import { zipOf } from '../../support/zip-file.ts'

let services: Services
let incoming: string

beforeEach(async () => {
  const workspace = temporaryFolder()
  services = await openTestServices(workspace)
  incoming = path.join(workspace, 'incoming')
})

async function sent(name: string, content: string | Uint8Array): Promise<{ uploadId: string; name: string }> {
  const bytes = Buffer.from(content)
  const { uploadId } = await services.uploads.begin(name, bytes.length)
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 10)
    yield await Promise.resolve(bytes.subarray(10))
  }
  await services.uploads.write(uploadId, 0, pieces())
  return { uploadId, name }
}

const asked = { taskId: 'import', corpus: 'Sent', split: 'train' as const }

const triples = tripleFile(['Ada Hall leads Norvik Labs .', ['Ada Hall', 'leads', 'Norvik Labs']])

describe('an import of uploads', () => {
  it('takes packs and archives as they are, and leaves nothing of them behind', async () => {
    const files = [
      { file: await sent('train.json.gz', gzipSync(triples)), split: 'train' as const },
      {
        file: await sent('rest.zip', await zipOf({ 'dev.json': triples.replaceAll('Ada', 'Eva') })),
        split: 'dev' as const,
      },
    ]
    const report = await services.handlers.corpora.import({ ...asked, files })
    expect(report.sentences).toBe(2)
    expect(readdirSync(incoming)).toEqual([])
  })

  it('keeps them for another preview, with other settings', async () => {
    const files = [{ file: await sent('train.json', triples) }]
    for (let time = 0; time < 2; time++)
      expect((await services.handlers.corpora.previewImport({ ...asked, files })).sentences).toBe(1)
    expect(readdirSync(incoming)).toHaveLength(2)
  })

  it('is refused for a file that did not come whole, or is not there any more', async () => {
    const { uploadId } = await services.uploads.begin('train.json', 100)
    const run = (id: string) =>
      services.handlers.corpora.import({ ...asked, files: [{ file: { uploadId: id, name: 'train.json' } }] })
    await expect(run(uploadId)).rejects.toThrow('Of train.json came 0 of 100 bytes. Choose the file again.')
    await expect(run('x'.repeat(32))).rejects.toThrow('This upload is not there any more. Choose the file again.')
  })
})
