/** espalier serve: the workbench in a browser on this machine. */
import type { Command } from 'commander'
import { runServer } from '#main/shell-server/main'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { toInteger } from '../options.ts'
import type { GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly port: number
}

export function addServe(program: Command): Command {
  return program
    .command('serve')
    .description('serve the workbench to a browser on this machine')
    .option('--port <n>', 'port on the loopback interface; 0 takes a free one', toInteger(0, 65_535), 0)
    .action(async ({ port, workspace, json }: Options) => {
      const server = await runServer({ workspace: workspace ?? defaultWorkspace(), port })
      process.stdout.write(json ? `${JSON.stringify({ url: server.url })}\n` : `Open ${server.url}\n`)
      await server.stopped
    })
}
