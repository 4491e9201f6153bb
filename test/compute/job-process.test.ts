/** Starting a process for jobs where the machine has none left to give. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

/** Takes every descriptor there is, then asks for a job twice: with none left, and with some again. */
const source = `
  const { openSync, closeSync } = await import('node:fs')
  const { createProcessHost } = await import('#main/compute/host')
  const host = createProcessHost()
  const probe = async () => {
    try {
      for await (const event of host.run({ kind: 'probe' }).events) if (event.type === 'probed') return event.chosen
    } catch (error) {
      return error.message
    }
  }
  const taken = []
  try {
    for (;;) taken.push(openSync('/dev/null'))
  } catch {}
  console.log(await probe())
  for (const descriptor of taken) closeSync(descriptor)
  console.log(await probe())
  await host.close()
`

it.skipIf(process.platform === 'win32')(
  'says that descriptors are missing, and works again when there are some',
  async () => {
    const command = 'ulimit -n 64; exec "$0" --input-type=module --eval "$1"'
    const child = spawn('/bin/sh', ['-c', command, process.execPath, source], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [without, within] = (await text(child.stdout)).split('\n')
    expect(without).toContain('EMFILE')
    expect(within).toMatch(/^[a-z-]+$/)
  },
)
